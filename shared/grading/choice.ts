import { lastBoxed, normalise } from './normalise.ts'

/** What a choice grader looks for: an option's letter or its text. */
export interface ChoiceKey {
  readonly expected: string
  /** In order: the first is A. */
  readonly options: readonly string[]
}

/** Whether an answer chooses the expected option. `found` is the choice as it was read, null where none was. */
export function gradeChoice(
  answer: string,
  key: ChoiceKey,
): { readonly correct: boolean; readonly found: string | null } {
  const found = readChoice(answer, key)
  return { correct: found !== null && sameChoice(found, key), found }
}

/** Reads a choice, surest place first: boxed, stated, alone, at an edge, or the only option that is named. */
function readChoice(answer: string, { expected, options }: ChoiceKey): string | null {
  const names = options.length > 0 ? options : [expected]
  const isLetter = options.length > 0 || /^[A-Za-z]$/.test(expected)
  const boxed = lastBoxed(answer)
  if (boxed !== null) return alone(plain(boxed), names, isLetter) ?? normalise(plain(boxed))
  const text = plain(answer)
  return (
    alone(text, names, isLetter) ??
    stated(text, names, isLetter) ??
    edgeLine(text, names, isLetter) ??
    onlyNamed(text, options)
  )
}

/** Lines kept, everything that is only dress removed: emphasis, dollar signs, `\text{}`. */
function plain(text: string): string {
  const bare = text.normalize('NFKC').replace(/\\(?:text|mathrm|textbf|mathbf)\s*\{([^{}]*)\}/g, '$1')
  return bare.replace(/[*_`$]/g, '').trim()
}

const withoutStop = (text: string): string =>
  normalise(text)
    .replace(/[.。]$/, '')
    .trim()

/** The whole text as a choice: a name, or a letter with or without brackets. */
function alone(text: string, names: readonly string[], isLetter: boolean): string | null {
  const bare = withoutStop(text)
  const name = names.find((option) => withoutStop(option).toLowerCase() === bare.toLowerCase())
  if (name !== undefined || !isLetter) return name ?? null
  return /^\(?([A-Za-z])\)?:?$/.exec(bare)?.[1]?.toUpperCase() ?? null
}

const statement = /(?:\banswer|\bchoice|\boption|答案|选择?)(?:\s+is\b|\s*[:=为是]|\s+(?=\(?[A-Z]\b))\s*:?\s*/giu

/** The choice right after the last `answer is`, `Answer:`, `option`, `答案是`. */
function stated(text: string, names: readonly string[], isLetter: boolean): string | null {
  for (const match of [...text.matchAll(statement)].toReversed()) {
    const rest = normalise(text.slice(match.index + match[0].length, match.index + match[0].length + 300))
    const name = names.find((option) => startsWithWord(rest, normalise(option)))
    if (name !== undefined) return name
    const letter = isLetter ? /^\(?([A-Z])\)?(?![\p{L}\p{N}'’])/u.exec(rest)?.[1] : undefined
    if (letter !== undefined) return letter
  }
  return null
}

function startsWithWord(text: string, word: string): boolean {
  return text.toLowerCase().startsWith(word.toLowerCase()) && !isWordAt(text, word.length - 1, word.length)
}

/** Whether the characters on both sides of a border belong to one word. Han characters are words of their own. */
function isWordAt(text: string, left: number, right: number): boolean {
  const word = /[\p{L}\p{N}_]/u
  const han = /\p{Script=Han}/u
  const [a = '', b = ''] = [text[left], text[right]]
  return word.test(a) && word.test(b) && !han.test(a) && !han.test(b)
}

/** A last or first line that is a choice, or begins with its letter: `B`, `(B)`, `B. Paris`, `Paris`. */
function edgeLine(text: string, names: readonly string[], isLetter: boolean): string | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  for (const line of [lines.at(-1), lines.at(0)]) {
    if (line === undefined) continue
    const whole = alone(line, names, isLetter)
    if (whole !== null) return whole
    const letter = isLetter ? /^\s*(?:\(([A-Za-z])\)|([A-Z])[).:])\s/.exec(line) : null
    const found = letter?.[1] ?? letter?.[2]
    if (found !== undefined) return found.toUpperCase()
  }
  return null
}

/** The one option that the text names; null where it names none or several. */
function onlyNamed(text: string, options: readonly string[]): string | null {
  const folded = normalise(text).toLowerCase()
  const named = options.filter((option) => namesWord(folded, normalise(option).toLowerCase()))
  return named.length === 1 ? (named[0] ?? null) : null
}

function namesWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length
    if (!isWordAt(text, at - 1, at) && !isWordAt(text, end - 1, end)) return true
  }
  return false
}

function sameChoice(found: string, { expected, options }: ChoiceKey): boolean {
  return identity(found, options) === identity(expected, options)
}

/** An option's letter and its text are the same choice. */
function identity(choice: string, options: readonly string[]): string {
  const folded = withoutStop(choice).toLowerCase()
  const byText = options.findIndex((option) => withoutStop(option).toLowerCase() === folded)
  if (byText >= 0) return `#${byText}`
  const byLetter = /^[a-z]$/.test(folded) ? folded.charCodeAt(0) - 97 : -1
  return byLetter >= 0 && byLetter < options.length ? `#${byLetter}` : folded
}
