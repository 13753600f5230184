/** Share of the letters that may differ in a slip of the pen. */
export const slip = 0.45

/** The words closest to one that nothing has, the closest first: those that it may have been meant for. */
export function nearWords(wanted: string, words: readonly string[], most = 3): readonly string[] {
  return words
    .map((word) => ({ word, far: farness(wanted.toLowerCase(), word.toLowerCase()) }))
    .filter(({ far }) => far <= slip)
    .toSorted((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ word }) => word)
}

/** `Did you mean A, B?`, or null where nothing is close. */
export function didYouMean(wanted: string, words: readonly string[]): string | null {
  const near = nearWords(wanted, words)
  return near.length === 0 ? null : `Did you mean ${near.join(', ')}?`
}

/** 0: the one is part of the other; 1: nothing in common. */
const farness = (wanted: string, word: string): number =>
  wanted.length > 2 && word.includes(wanted) ? 0 : differingShare(wanted, word)

/** The share of letters that differ, of the longer word's. */
export const differingShare = (a: string, b: string): number => editDistance(a, b) / Math.max(a.length, b.length, 1)

/** Levenshtein's: letters put in, left out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let line = 0; line < a.length; line += 1) {
    const next = [line + 1]
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (a[line] === b[column - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
