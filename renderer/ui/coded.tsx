const ticked = /`([^`]+)`/

/** The lab's sentences put commands between backticks: here they stand as code. */
export function Coded({ text }: { readonly text: string }) {
  return text.split(ticked).map((part, place) => (place % 2 === 1 ? <code key={place}>{part}</code> : part))
}

/** The same where there are only letters: on hover, in a file. */
export const withoutTicks = (text: string): string => text.replaceAll('`', '')
