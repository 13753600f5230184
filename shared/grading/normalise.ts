/** Text as graders compare it: Unicode NFKC, white space folded to single spaces, trimmed. */
export function normalise(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim()
}

/**
 * The answer of a leaked cell without the thinking in it: whole blocks go, everything before a closing tag that nothing
 * opened goes, and everything after an opening tag that nothing closes.
 */
export function withoutLeakedThinking(answer: string): string {
  let kept = ''
  let at = 0
  let inside = false
  for (const { 0: tag, index } of answer.matchAll(/<\/?think>/g)) {
    const opens = tag === '<think>'
    if (!inside) kept = opens ? kept + answer.slice(at, index) : ''
    inside = opens
    at = index + tag.length
  }
  return inside ? kept : kept + answer.slice(at)
}

/** The content of the `\boxed{}` that starts last among the complete ones, or null. Escaped braces do not count. */
export function lastBoxed(text: string): string | null {
  const open: (number | null)[] = []
  let last: { start: number; end: number } | null = null
  for (const { 0: token, index } of text.matchAll(/\\boxed\s*\{|\\.|[{}]/gs)) {
    if (token === '}') {
      const start = open.pop() ?? null
      if (start !== null && (last === null || start > last.start)) last = { start, end: index }
    } else if (token === '{') {
      open.push(null)
    } else if (token.endsWith('{') && token.startsWith('\\boxed')) {
      open.push(index + token.length)
    }
  }
  return last === null ? null : text.slice(last.start, last.end)
}
