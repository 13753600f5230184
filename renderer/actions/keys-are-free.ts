/** True while somebody types: then a letter is a letter. */
const isTyping = (event: Event): boolean =>
  event.target instanceof HTMLElement &&
  event.target.closest('input, textarea, select, [contenteditable=true], [role=textbox]') !== null

/** A dialog or a menu is open: it has all keys to itself, wherever the focus is. */
const isLayered = (): boolean => document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null

/** Keys that move within whatever has the focus. */
const moving = /^(?:Arrow|Page)|^(?:Home|End)$/

/** Whether a key belongs to the screen: nobody types, nothing lies over it, Enter or Space is not that of a link or a button, and what moves is not wanted by what scrolls. */
export function keysAreFree(event: KeyboardEvent, key = event.key): boolean {
  if (event.defaultPrevented || isLayered()) return false
  // The palette opens from a field, too.
  if (isTyping(event)) return key === '$mod+k'
  if (moving.test(key)) return event.target === document.body
  const own = event.target instanceof HTMLElement && event.target.closest('[role=grid], a, button, summary') !== null
  return !((key === 'Enter' || key === 'Space') && own)
}
