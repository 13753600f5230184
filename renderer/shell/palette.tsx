import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { dataOf } from '../stores/loadable.ts'
import { useApp, useAppStore, useLab } from '../stores/use-app.ts'
import { Key } from '../ui/button.tsx'
import { actionCommands, matchCommands, placeCommands, runCommands, type Command } from './commands.ts'
import styles from './overlays.module.css'

/** Reaches every action by typing. */
export function Palette() {
  const open = useApp((state) => state.overlay === 'palette')
  const setOverlay = useApp((state) => state.setOverlay)
  return (
    <Dialog.Root open={open} onOpenChange={(next) => setOverlay(next ? 'palette' : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['scrim']} />
        <Dialog.Popup className={styles['palette']} aria-label="Command palette">
          <Commands close={() => setOverlay(null)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function useCommands(): readonly Command[] {
  const store = useAppStore()
  const runs = dataOf(useLab('runs.list', {}))
  return useMemo(
    () => [
      ...placeCommands(),
      ...actionCommands({
        showKeys: () => store.getState().setOverlay('keys'),
        setTheme: (theme) =>
          void store.lab['settings.set']({ theme }).then(() =>
            store.getState().invalidate((name) => name === 'settings.get'),
          ),
      }),
      ...runCommands(runs ?? []),
    ],
    [store, runs],
  )
}

function Commands({ close }: { readonly close: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const list = useRef<HTMLUListElement>(null)
  const commands = useCommands()
  const found = useMemo(() => matchCommands(commands, text), [commands, text])
  const selected = Math.min(at, found.length - 1)

  useEffect(() => {
    // In braces: browsers have begun to return a promise here, and React takes what an effect returns for its clean-up.
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [selected])

  const run = (command: Command | undefined) => {
    if (command === undefined) return
    close()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((selected + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') run(found[selected])
  }
  return (
    <>
      <div className={styles['ask']}>
        <Search aria-hidden />
        <input
          value={text}
          placeholder="Go to, run, open…"
          role="combobox"
          aria-label="Find a command"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[selected] === undefined ? undefined : `${listId}-${selected}`}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} ref={list} className={styles['found']} role="listbox" aria-label="Commands">
        {found.map((command, index) => (
          <CommandRow
            key={command.id}
            id={`${listId}-${index}`}
            command={command}
            head={found[index - 1]?.group !== command.group}
            selected={index === selected}
            run={run}
          />
        ))}
      </ul>
      {found.length === 0 && <p className={styles['none']}>No command matches “{text}”.</p>}
      <div className={styles['foot']}>
        <span>
          <Key>↑</Key> <Key>↓</Key> choose
        </span>
        <span>
          <Key>Enter</Key> do
        </span>
        <span>
          <Key>Esc</Key> close
        </span>
      </div>
    </>
  )
}

interface CommandRowProps {
  readonly id: string
  readonly command: Command
  readonly head: boolean
  readonly selected: boolean
  readonly run: (command: Command) => void
}

function CommandRow({ id, command, head, selected, run }: CommandRowProps) {
  return (
    <>
      {head && (
        <li role="presentation" className={styles['group']}>
          {command.group}
        </li>
      )}
      {/* The keyboard works in the field above, as in every combobox. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <li id={id} role="option" aria-selected={selected} className={styles['command']} onClick={() => run(command)}>
        {command.label}
        {command.hint !== undefined && <small>{command.hint}</small>}
        {command.keys !== undefined && <Key>{command.keys}</Key>}
      </li>
    </>
  )
}
