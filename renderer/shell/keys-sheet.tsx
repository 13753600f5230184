import { Dialog } from '@base-ui/react/dialog'
import { useApp } from '../stores/use-app.ts'
import { Key } from '../ui/button.tsx'
import { actions, innerKeys, keyText } from '../actions/actions.ts'
import styles from './overlays.module.css'

interface Line {
  readonly what: string
  readonly keys: readonly string[]
}

/** Every key there is, by where it works: what stands in actions.ts, what has one key, or one name, on one line. */
export function keyGroups(): readonly { readonly name: string; readonly lines: readonly Line[] }[] {
  const byName = new Map<string, Map<string, string[]>>()
  for (const { name, words } of [...Object.values(actions), ...innerKeys]) {
    const keys = byName.get(name) ?? new Map<string, string[]>()
    for (const [label, key] of Object.values(words)) {
      if (key !== undefined) keys.set(key, [...(keys.get(key) ?? []), label])
    }
    if (keys.size > 0) byName.set(name, keys)
  }
  return [...byName].map(([name, keys]) => ({ name, lines: byLabel(keys) }))
}

function byLabel(keys: ReadonlyMap<string, readonly string[]>): readonly Line[] {
  const lines = new Map<string, string[]>()
  for (const [key, labels] of keys) {
    const what = labels.join(' / ')
    lines.set(what, [...(lines.get(what) ?? []), keyText(key)])
  }
  return [...lines].map(([what, texts]) => ({ what, keys: texts }))
}

export function KeysSheet() {
  const open = useApp((state) => state.overlay === 'keys')
  const setOverlay = useApp((state) => state.setOverlay)
  return (
    <Dialog.Root open={open} onOpenChange={(next) => setOverlay(next ? 'keys' : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['scrim']} />
        <Dialog.Popup className={styles['sheet']}>
          <div className={styles['sheet-head']}>
            <Dialog.Title render={<h2 />}>Keyboard shortcuts</Dialog.Title>
            <Dialog.Close className={styles['sheet-close']}>
              Close <Key>Esc</Key>
            </Dialog.Close>
          </div>
          {/* Reached by Tab, so that the arrow keys scroll it where it does not fit. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={styles['all-keys']} role="region" aria-label="All keys" tabIndex={0}>
            <div className={styles['columns']}>
              {keyGroups().map(({ name, lines }) => (
                <section key={name}>
                  <h3>{name}</h3>
                  <dl>
                    {lines.map(({ what, keys }) => (
                      <div key={what}>
                        <dt>{what}</dt>
                        <dd>
                          {keys.map((key) => (
                            <Key key={key}>{key}</Key>
                          ))}
                        </dd>
                      </div>
                    ))}
                  </dl>
                </section>
              ))}
            </div>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
