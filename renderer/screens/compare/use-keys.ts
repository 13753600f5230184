import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { isTyping } from '../../shell/use-shell-keys.ts'
import { useAppStore } from '../../stores/use-app.ts'

/** Binds keys to actions while a component is there: not while somebody types, nor over a dialog or a menu. */
export function useKeys(actions: Readonly<Record<string, (() => void) | undefined>>): void {
  const store = useAppStore()
  const current = useRef(actions)
  useEffect(() => {
    current.current = actions
  })
  const names = Object.keys(actions).join(' ')
  useEffect(() => {
    const press = (name: string) => (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || store.getState().overlay !== null || inControl(event, name))
        return
      const action = current.current[name]
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    return tinykeys(window, Object.fromEntries(names.split(' ').map((name) => [name, press(name)])))
  }, [store, names])
}

/** Enter on a link or a button is theirs. */
const inControl = (event: KeyboardEvent, name: string): boolean =>
  event.target instanceof HTMLElement &&
  (event.target.closest('[role=menu]') !== null ||
    (name === 'Enter' && event.target.closest('a, button, summary, [role=grid]') !== null))
