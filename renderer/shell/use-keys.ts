import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { useAppStore } from '../stores/use-app.ts'
import { isTyping } from './use-shell-keys.ts'

/** Binds a screen's keys while it is there: not while somebody types, nor over a dialog or a menu. */
export function useKeys(actions: Readonly<Record<string, (() => void) | undefined>>): void {
  const store = useAppStore()
  const current = useRef(actions)
  useEffect(() => {
    current.current = actions
  })
  const names = Object.keys(actions).join(' ')
  useEffect(() => {
    const press = (name: string) => (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || inControl(event, name) || store.getState().overlay !== null)
        return
      const action = current.current[name]
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    return tinykeys(window, Object.fromEntries(names.split(' ').map((name) => [name, press(name)])))
  }, [store, names])
}

/** Keys that move within whatever has the focus. */
const moving = /^(?:Arrow|Page)|^(?:Home|End)$/

/** A menu has all keys to itself; Enter on a link, a button or a list is theirs, and what moves belongs to all that scrolls. */
const inControl = (event: KeyboardEvent, name: string): boolean => {
  if (!(event.target instanceof HTMLElement)) return false
  if (moving.test(name)) return event.target !== document.body
  return (
    event.target.closest(name === 'Enter' ? '[role=menu], [role=grid], a, button, summary' : '[role=menu]') !== null
  )
}
