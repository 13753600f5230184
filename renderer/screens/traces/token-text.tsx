import styles from './pane.module.css'

/** A token as it is, with what cannot be seen made visible: leading spaces, line breaks, bytes that are no character. */
export function TokenText({ text, strong = false }: { readonly text: string; readonly strong?: boolean }) {
  const shown = text.replaceAll('\n', '↵').replaceAll('\t', '⇥').replaceAll(' ', '·').replaceAll('\u{fffd}', '▯')
  return (
    <code className={styles['token']} data-strong={strong || undefined} title={tokenTitle(text)}>
      {shown === '' ? '∅' : shown}
    </code>
  )
}

function tokenTitle(text: string): string | undefined {
  if (text === '') return 'an empty token'
  return text.includes('\u{fffd}') ? 'a part of a character, in bytes' : undefined
}
