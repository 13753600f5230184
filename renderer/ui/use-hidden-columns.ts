import { dataOf } from '../stores/loadable.ts'
import { useAppStore, useLab } from '../stores/use-app.ts'

const none: readonly string[] = []

/** Which columns of a grid the user has put away, kept with the settings; and how to change that. */
export function useHiddenColumns(grid: string): readonly [readonly string[], (keys: readonly string[]) => void] {
  const store = useAppStore()
  const all = dataOf(useLab('settings.get', {}))?.hiddenColumns ?? {}
  const hide = (keys: readonly string[]) => {
    const { [grid]: _, ...others } = all
    const kept = Object.entries({ ...others, ...(keys.length > 0 && { [grid]: keys }) })
    const hiddenColumns = Object.fromEntries(kept.map(([name, columns]) => [name, [...columns]]))
    void store.lab['settings.set']({ hiddenColumns }).then(() =>
      store.getState().invalidate((name) => name === 'settings.get'),
    )
  }
  return [(Object.hasOwn(all, grid) ? all[grid] : undefined) ?? none, hide]
}
