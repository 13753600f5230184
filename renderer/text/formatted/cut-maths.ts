/** One formula, as TeX. `display`: on a line of its own. */
export interface Formula {
  readonly tex: string
  readonly display: boolean
  /** With its delimiters, as it was written. */
  readonly source: string
}

export interface CutText {
  /** Each formula replaced by a sign that Markdown leaves alone, so that no `_` in it becomes emphasis and no `-` a list. */
  readonly text: string
  readonly formulas: readonly Formula[]
}

/** No formula is longer: an opening without its end then costs no more than this. */
const maxFormula = 4000

const opened = '\u{e000}'
const closed = '\u{e001}'
const placePattern = new RegExp(`${opened}(\\d{1,6})${closed}`, 'g')

/** What stands between the formulas of a text in which they were cut, and the formulas. */
export function atFormulas(text: string, formulas: readonly Formula[]): readonly (string | Formula)[] {
  return text.split(placePattern).flatMap((part, index): readonly (string | Formula)[] => {
    const place = index % 2 === 0 ? part : formulas[Number(part)]
    return place === undefined || place === '' ? [] : [place]
  })
}

/** The text as it was before its formulas were cut: for code, addresses and titles, where they are none. */
export const withFormulas = (text: string, formulas: readonly Formula[]): string =>
  atFormulas(text, formulas)
    .map((part) => (typeof part === 'string' ? part : part.source))
    .join('')

/** Takes the formulas out of a Markdown text: `\( \)`, `\[ \]`, `$ $`, `$$ $$`, `\begin`, and `\boxed{}` by itself. Code is left alone. */
export function cutMaths(text: string): CutText {
  const formulas: Formula[] = []
  let result = ''
  let copied = 0
  for (const { start, end, ...formula } of findMaths(text)) {
    result += `${text.slice(copied, start)}${opened}${formulas.length}${closed}`
    formulas.push({ ...formula, source: text.slice(start, end) })
    copied = end
  }
  return { text: result + text.slice(copied), formulas }
}

interface Found {
  readonly start: number
  readonly end: number
  readonly tex: string
  readonly display: boolean
}

/** Wherever a formula, code, or an escaped sign may begin. */
const beginPattern = /^[ \t>]*(`{3,}|~{3,})[^\n]*$|`+|\\(?:\(|\[|boxed\s*\{|begin\{[a-z]+\*?\}|[^])|\${1,2}/gm

function* findMaths(text: string): Generator<Found> {
  const find = finder(text)
  let from = 0
  for (;;) {
    beginPattern.lastIndex = from
    const found = beginPattern.exec(text)
    if (found === null) return
    const [begin, fence] = found
    const start = found.index
    const formula = fence === undefined && !begin.startsWith('`') ? formulaAt(text, find, start, begin) : null
    if (formula !== null) yield formula
    from = formula?.end ?? endOfOther(text, start, begin, fence)
  }
}

/** Behind a block of code, a span of code, or a sign that begins nothing. */
function endOfOther(text: string, start: number, begin: string, fence: string | undefined): number {
  const after = start + begin.length
  if (fence !== undefined) {
    const end = new RegExp(`^[ \\t>]*${fence}+[ \\t]*$`, 'gm')
    end.lastIndex = after
    const found = end.exec(text)
    return found === null ? text.length : found.index + found[0].length
  }
  if (!begin.startsWith('`')) return after
  const rest = text.slice(after, after + maxFormula)
  const close = new RegExp(`(?<!\`)${begin}(?!\`)`).exec(rest)
  return close === null ? after : after + close.index + begin.length
}

type Find = (close: string, from: number) => number

/** Where a closing stands from a place on. Each is looked for once, however many openings wait for it. */
function finder(text: string): Find {
  const known = new Map<string, number>()
  return (close, from) => {
    const before = known.get(close) ?? -1
    if (before >= from) return before
    const at = text.indexOf(close, from)
    known.set(close, at === -1 ? Infinity : at)
    return at === -1 ? Infinity : at
  }
}

function formulaAt(text: string, find: Find, start: number, begin: string): Found | null {
  const inner = start + begin.length
  const until = (close: string, display: boolean): Found | null => {
    const at = find(close, inner)
    if (at - inner > maxFormula) return null
    const tex = text.slice(inner, at).trim()
    return tex === '' || (!display && tex.includes('\n\n')) ? null : { start, end: at + close.length, tex, display }
  }
  if (begin === String.raw`\(`) return until(String.raw`\)`, false)
  if (begin === String.raw`\[`) return until(String.raw`\]`, true)
  if (begin === '$$') return until('$$', true)
  if (begin === '$') return betweenDollars(text, start)
  if (begin.startsWith(String.raw`\boxed`)) return boxed(text, start, inner)
  if (begin.startsWith(String.raw`\begin`)) {
    const found = until(begin.replace('begin', 'end'), true)
    return found === null ? null : { ...found, tex: text.slice(start, found.end) }
  }
  return null
}

/** Pandoc's rule: no space inside the dollars, no digit after the second, or prices would be formulas. */
function betweenDollars(text: string, start: number): Found | null {
  const rest = text.slice(start + 1, start + maxFormula)
  const tex = /^(?:[^$\\\s]|\\[^])(?:(?:[^$\\\n]|\\.|\n(?!\s*\n))*(?:[^$\\\s]|\\[^\s]))?(?=\$(?!\d))/.exec(rest)?.[0]
  return tex === undefined ? null : { start, end: start + tex.length + 2, tex, display: false }
}

/** Up to the brace that closes the one that `\boxed` opens. */
function boxed(text: string, start: number, inner: number): Found | null {
  let depth = 1
  for (let at = inner; at < Math.min(text.length, inner + maxFormula); at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '{') depth += 1
    else if (text[at] === '}' && --depth === 0) {
      return { start, end: at + 1, tex: text.slice(start, at + 1), display: false }
    }
  }
  return null
}
