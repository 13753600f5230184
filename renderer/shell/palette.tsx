import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { parseRoute } from '../routing/route.ts'
import { dataOf } from '../stores/loadable.ts'
import { useApp, useAppStore, useLab } from '../stores/use-app.ts'
import { Key } from '../ui/button.tsx'
import type { Command } from '../stores/offers.ts'
import { keyText } from '../actions/actions.ts'
import { matchCommands, runCommands, suiteCommands, variantCommands } from './commands.ts'
import styles from './overlays.module.css'

/** Commands that are listed; more words find the others. */
const mostListed = 100

/** Reaches every action by typing. */
export function Palette() {
  const open = useApp((state) => state.overlay === 'palette')
  const setOverlay = useApp((state) => state.setOverlay)
  const chosen = useRef<Command | null>(null)
  const choose = (command: Command) => {
    chosen.current = command
    setOverlay(null)
  }
  // Once it has gone, and has given the focus back: what is done may want it, or open a dialog of its own.
  const afterwards = (isOpen: boolean) => {
    if (isOpen) return
    const command = chosen.current
    chosen.current = null
    command?.run()
  }
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => setOverlay(next ? 'palette' : null)}
      onOpenChangeComplete={afterwards}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['scrim']} />
        <Dialog.Popup className={styles['palette']} aria-label="Command palette">
          <Commands choose={choose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** What the screen offers first, then what is done anywhere, then everything there is to open. */
function useCommands(): readonly Command[] {
  const store = useAppStore()
  const runs = dataOf(useLab('runs.list', {}))
  const suites = dataOf(useLab('suites.list', {}))
  const families = dataOf(useLab('variants.list', { refresh: false }))
  const offered = useMemo(() => {
    const all = store.offered().filter(({ id }) => id !== 'anywhere:palette')
    const isShell = ({ id }: Command) => id.startsWith('anywhere:') || id.startsWith('places:')
    return [...all.filter((command) => !isShell(command)), ...all.filter(isShell)]
  }, [store])
  return useMemo(
    () => [...offered, ...runCommands(runs ?? []), ...suiteCommands(suites ?? []), ...variantCommands(families ?? [])],
    [offered, runs, suites, families],
  )
}

/** An address that was kept in a report opens its view again. */
function addressCommand(text: string): readonly Command[] {
  const hash = /#\/\S+$/.exec(text.trim())?.[0]
  if (hash === undefined || parseRoute(hash).unknown !== null) return []
  const run = () => {
    window.location.hash = hash
  }
  return [{ id: 'address', group: 'Address', label: `Open ${hash}`, run }]
}

function Commands({ choose }: { readonly choose: (command: Command) => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const list = useRef<HTMLUListElement>(null)
  const commands = useCommands()
  const matched = useMemo(() => [...addressCommand(text), ...matchCommands(commands, text)], [commands, text])
  const found = matched.slice(0, mostListed)
  const selected = Math.min(at, found.length - 1)

  useEffect(() => {
    // In braces: browsers have begun to return a promise here, and React takes what an effect returns for its clean-up.
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [selected])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((selected + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && found[selected] !== undefined) choose(found[selected])
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
            choose={choose}
          />
        ))}
      </ul>
      {matched.length > mostListed && (
        <p className={styles['none']}>and {matched.length - mostListed} more: type a word of what you look for</p>
      )}
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
  readonly choose: (command: Command) => void
}

function CommandRow({ id, command, head, selected, choose }: CommandRowProps) {
  return (
    <>
      {head && (
        <li role="presentation" className={styles['group']}>
          {command.group}
        </li>
      )}
      {/* The keyboard works in the field above, as in every combobox. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <li id={id} role="option" aria-selected={selected} className={styles['command']} onClick={() => choose(command)}>
        {command.label}
        {command.hint !== undefined && <small>{command.hint}</small>}
        {command.keys !== undefined && <Key>{keyText(command.keys)}</Key>}
      </li>
    </>
  )
}
