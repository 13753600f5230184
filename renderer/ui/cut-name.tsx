import styles from './cut-name.module.css'

/** Where a name is cut when it has too little room: before its last part, which tells the precision. */
function cutPlace(name: string): readonly [start: string, end: string] {
  const at = name.length < 11 ? -1 : name.search(/[/:…-][^/:…\s-]{1,12}$/)
  return at < 1 ? [name, ''] : [name.slice(0, at), name.slice(at)]
}

/** A name in one line that loses letters in its middle, not at its end. Whoever shows it has the whole in the hover text. */
export function CutName({ name }: { readonly name: string }) {
  const [start, end] = cutPlace(name)
  return (
    <span className={styles['name']}>
      <span data-joined={end.startsWith('…') || undefined}>{start}</span>
      {end !== '' && <span>{end}</span>}
    </span>
  )
}
