/** One pattern of a lexicon. Matched on normal text: lower case, Simplified, straight apostrophes, ASCII punctuation. */
export interface LexiconEntry {
  /** Stable, shown with the evidence: `en-cannot-do`. Starts with the language. */
  readonly id: string
  /** Our own and bounded: no nested repetition, so that matching stays linear. */
  readonly pattern: RegExp
}

/** One match, in units of the normal text. */
export interface Hit {
  readonly id: string
  readonly start: number
  readonly end: number
}

/** All matches of all entries in the order of the text. */
export function findHits(text: string, entries: readonly LexiconEntry[]): Hit[] {
  const hits = entries.flatMap(({ id, pattern }) =>
    [...text.matchAll(pattern)].map(({ 0: match, index }) => ({ id, start: index, end: index + match.length })),
  )
  return hits.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Writes a lexicon as `id: pattern` pairs; every pattern is global. */
export function lexicon(entries: Readonly<Record<string, RegExp>>): readonly LexiconEntry[] {
  return Object.entries(entries).map(([id, { source, flags }]) => ({
    id,
    pattern: new RegExp(source, flags.includes('g') ? flags : `${flags}g`),
  }))
}
