import { Dialog } from '@base-ui/react/dialog'
import { places } from '../routing/route.ts'
import { useApp } from '../stores/use-app.ts'
import { Key } from '../ui/button.tsx'
import { placeKeys, placeNames } from './commands.ts'
import styles from './overlays.module.css'

const groups: readonly { readonly name: string; readonly keys: readonly (readonly [what: string, key: string])[] }[] = [
  {
    name: 'Anywhere',
    keys: [
      ['Command palette', 'Ctrl K'],
      ['These keys', '?'],
      ['New run', 'n'],
      ['Close what is open', 'Esc'],
    ],
  },
  { name: 'Go to', keys: places.map((place) => [placeNames[place], `g ${placeKeys[place]}`] as const) },
  {
    name: 'In a list',
    keys: [
      ['Next, previous row', 'j k'],
      ['First, last row', 'Home End'],
      ['Open', 'Enter'],
      ['Search', '/'],
      ['Copy the selected row', 'Ctrl C'],
      ['Copy all rows as a table', 'Shift C'],
    ],
  },
  {
    name: 'In variants',
    keys: [
      ['Load or unload', 'l'],
      ['Make a variant', 'm'],
      ['Pull', 'p'],
      ['Delete', 'Delete'],
    ],
  },
  {
    name: 'In a run',
    keys: [
      ['Pause or resume', 'Space'],
      ['Retry errors', 'e'],
      ['Follow the newest cell', 'f'],
    ],
  },
  {
    name: 'In a comparison',
    keys: [
      ['Next, previous variant', '] ['],
      ['Only lost, only gained', 'l w'],
      ['Charts as tables', 'v'],
      ['Blind', 'b'],
      ['Next, previous prompt', 'j k'],
      ['Word diff, raw text', 'x r'],
      ['Open in Traces', 't'],
    ],
  },
  {
    name: 'In traces',
    keys: [
      ['Next, previous prompt', '] ['],
      ['Next, previous hit', 'n p'],
      ['First divergence', 'd'],
      ['Word diff', 'x'],
      ['Token heat', 'h'],
      ['Raw text', 'r'],
      ['Fold all steps', 's'],
      ['Linked scrolling', 'l'],
      ['List of cells', 'c'],
      ['Configuration', 'i'],
    ],
  },
  {
    name: 'In the suite editor',
    keys: [
      ['Next, previous problem', 'F8 Shift F8'],
      ['Save', 'Ctrl S'],
      ['Leave the text', 'Esc Tab'],
    ],
  },
  {
    name: 'In review',
    keys: [
      ['Give a label', '1–7'],
      ['Undo', 'u'],
      ['Leave it for later', 's'],
    ],
  },
]

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
          </div>
          <div className={styles['columns']}>
            {groups.map(({ name, keys }) => (
              <section key={name}>
                <h3>{name}</h3>
                <dl>
                  {keys.map(([what, key]) => (
                    <div key={what} style={{ display: 'contents' }}>
                      <dt>{what}</dt>
                      <dd>
                        <Key>{key}</Key>
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
