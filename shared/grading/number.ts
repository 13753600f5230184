import { lastBoxed } from './normalise.ts'

/** A number as it was read from a text. */
export interface NumberReading {
  /** As it was written. */
  readonly text: string
  readonly value: number
  /** Exact decimal notation without superfluous zeros; null for fractions and powers, which only have a value. */
  readonly decimal: string | null
}

export interface Tolerance {
  /** Largest accepted distance. */
  readonly tolerance: number
  /** Largest accepted distance as a share of the expected value. */
  readonly relativeTolerance: number
}

/**
 * The number an answer ends on: the last one in its last `\boxed{}`, or else the last one in the text.
 * README.md lists what counts as a number. Null where there is none.
 */
export function readNumber(answer: string): NumberReading | null {
  const boxed = lastBoxed(answer)
  return (boxed === null ? null : lastNumber(boxed)) ?? lastNumber(answer)
}

/** Whether two readings are the same number. Without tolerance, long decimals are compared digit by digit. */
export function sameNumber(found: NumberReading, expected: NumberReading, allowed: Tolerance): boolean {
  const reach = Math.max(allowed.tolerance, allowed.relativeTolerance * Math.abs(expected.value))
  if (reach === 0 && found.decimal !== null && expected.decimal !== null) return found.decimal === expected.decimal
  // Rounding of the subtraction itself must not push a value over the edge: |0.4 - 0.3| is not quite 0.1.
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(found.value), Math.abs(expected.value))
  return Math.abs(found.value - expected.value) <= reach + (reach === 0 ? 0 : rounding)
}

/** Reads a grader's expected value: a number, or text that is nothing but one number. Null for any other text. */
export function readExpected(expected: number | string): NumberReading | null {
  if (typeof expected === 'string') {
    const reading = lastNumber(expected)
    return reading !== null && reading.text === tidy(expected).trim().replace(/^\+/, '').replace(/\s*%$/, '')
      ? reading
      : null
  }
  const plain = /^-?\d+(\.\d+)?$/.test(String(expected)) ? String(expected) : null
  return { text: String(expected), value: expected, decimal: plain === null ? null : canonical(plain) }
}

const thinSpaces = '\u00a0\u2009\u202f'
/** Digits and what may stand between them in one number. Digits and separators are disjoint, so this never backtracks. */
const chains = new RegExp(`\\d+(?:[.,'’${thinSpaces} ]\\d+)*`, 'g')
const contextChars = 80
const maxNumberChars = 64

function lastNumber(answer: string): NumberReading | null {
  const text = tidy(answer)
  const found = [...text.matchAll(chains)]
  for (const match of found.toReversed()) {
    const literal = lastLiteral(match[0].slice(-maxNumberChars))
    const end = match.index + match[0].length
    const reading = inContext(text, end - literal.text.length, end, literal)
    if (reading !== null) return reading
  }
  return null
}

interface Literal {
  readonly text: string
  readonly decimal: string
}

const plainSpaced = /^[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+| \d{3})$/
const notations: readonly { readonly pattern: RegExp; readonly toDecimal: (text: string) => string }[] = [
  { pattern: new RegExp(`^[1-9]\\d{0,2}(?:['’${thinSpaces}]\\d{3})+(?:[.,]\\d+)?$`), toDecimal: groupsThenMark },
  { pattern: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/, toDecimal: (text) => text.replaceAll(',', '') },
  { pattern: /^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/, toDecimal: (text) => text.replaceAll(',', '') },
  { pattern: /^[1-9]\d{0,2}(?:\.\d{3}){2,}$/, toDecimal: (text) => text.replaceAll('.', '') },
  { pattern: /^[1-9]\d{0,2}(?:\.\d{3})+,\d+$/, toDecimal: (text) => text.replaceAll('.', '').replace(',', '.') },
  { pattern: /^\d+(?:[.,]\d+)?$/, toDecimal: (text) => text.replace(',', '.') },
]

function groupsThenMark(text: string): string {
  return text.replace(new RegExp(`['’${thinSpaces} ]`, 'g'), '').replace(',', '.')
}

/** The number a chain ends with: the whole chain where it is one notation, else what follows its last separator. */
function lastLiteral(chain: string): Literal {
  if (plainSpaced.test(chain)) return { text: chain, decimal: groupsThenMark(chain) }
  const part = chain.slice(chain.lastIndexOf(' ') + 1)
  const notation = notations.find(({ pattern }) => pattern.test(part))
  if (notation !== undefined) return { text: part, decimal: notation.toDecimal(part) }
  const digits = /\d+$/.exec(part)?.[0] ?? ''
  return { text: digits, decimal: digits }
}

const letter = /[A-Za-z_]$/
const command = /\\[A-Za-z]+$/
const exponentBefore = /(?:\^\s*\{?\s*[+-]?|\d[eE][+-]?)$/
const timesBefore = /\d\s*[×*·x]\s*$/
const exponentAfter = /^(?:[eE]|\s*[×*·x]\s*10\s*\^\s*\{?\s*)([+-]?\d{1,4})(?!\w)/
const powerAfter = /^\s*\^\s*\{?\s*([+-]?\d{1,4})(?!\w)/
const fractionBefore = /(?:(?<![\d/.,])(\d{1,15}) )?(?<![\d/.,])(\d{1,15})\s*\/\s*$/
const signBefore = /(?:^|\p{Script=Han}|[^\p{L}\p{N})\]}%])([-–])[$€£¥]?$/u

/** Reads a literal with what stands around it: sign, fraction, power of ten. Null where it is no number of its own. */
function inContext(text: string, from: number, end: number, literal: Literal): NumberReading | null {
  const before = text.slice(Math.max(0, from - contextChars), from)
  const after = text.slice(end, end + contextChars)
  if (exponentBefore.test(before) || (letter.test(before) && !command.test(before))) return null
  const power = powerAfter.exec(after)
  if (power?.[1] !== undefined) {
    if (literal.decimal === '10' && timesBefore.test(before)) return null
    return signed(before, literal.text + power[0], Number(literal.decimal) ** Number(power[1]))
  }
  const exponent = exponentAfter.exec(after)
  if (exponent?.[1] !== undefined) {
    return signed(before, literal.text + exponent[0], Number(`${literal.decimal}e${exponent[1]}`))
  }
  return fraction(before, literal) ?? decimal(before, literal)
}

function fraction(before: string, literal: Literal): NumberReading | null {
  const match = fractionBefore.exec(before)
  const under = Number(literal.decimal)
  if (match === null || under === 0 || !/^\d{1,15}$/.test(literal.text)) return null
  const over = Number(match[2])
  const isMixed = match[1] !== undefined && over < under
  const written = isMixed ? match[0] : match[0].slice(match[1] === undefined ? 0 : match[1].length + 1)
  const value = (isMixed ? Number(match[1]) : 0) + over / under
  return signed(before.slice(0, before.length - written.length), written + literal.text, value)
}

function decimal(before: string, literal: Literal): NumberReading {
  const pointAhead = /(?<![\p{L}\p{N})\].])\.$/u.test(before) && /^\d+$/.test(literal.text)
  const lead = pointAhead ? before.slice(0, -1) : before
  const plain = pointAhead ? `0.${literal.text}` : literal.decimal
  const sign = signOf(lead)
  return {
    text: sign + (pointAhead ? '.' : '') + literal.text,
    value: Number(sign + plain),
    decimal: canonical(sign + plain),
  }
}

const signOf = (before: string): '-' | '' => (signBefore.test(before) ? '-' : '')

function signed(before: string, text: string, size: number): NumberReading {
  const sign = signOf(before)
  return { text: sign + text, value: sign === '-' ? -size : size, decimal: null }
}

function canonical(plain: string): string {
  const [whole = '', part = ''] = plain.replace('-', '').split('.')
  const digits = whole.replace(/^0+(?=\d)/, '')
  const decimals = part.replace(/0+$/, '')
  const size = decimals === '' ? digits : `${digits}.${decimals}`
  return plain.startsWith('-') && size !== '0' ? `-${size}` : size
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * Brings the ways to write a number into few. Not NFKC: that would turn m² into m2 and 10² into 102.
 */
function tidy(text: string): string {
  return text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/⁻?[⁰¹²³⁴-⁹]+/g, (run) => `^${Array.from(run, (char) => fromSuperscript(char)).join('')}`)
    .replace(/(\d?)([¼-¾⅐-⅞])/g, (_, digit: string, char: string) => `${digit}${digit && ' '}${char.normalize('NFKC')}`)
    .replace(/⁄/g, '/')
    .replace(/−/g, '-')
    .replace(/\\(?:times|cdot)(?![A-Za-z])/g, '×')
    .replace(/(\d)(?:\\[,;! ]|~)(?=\d{3})/g, '$1\u2009')
    .replace(/(\d)\{,\}(?=\d)/g, '$1,')
    .replace(/(\d?)\\[dt]?frac *(?:\{ *(\d+) *\}|(\d)) *(?:\{ *(\d+) *\}|(\d))/g, latexFraction)
}

function fromSuperscript(char: string): string {
  return char === '⁻' ? '-' : String(superscripts.indexOf(char))
}

function latexFraction(_: string, digit: string, ...parts: readonly (string | undefined)[]): string {
  const [over, overDigit, under, underDigit] = parts
  return `${digit}${digit && ' '}${over ?? overDigit}/${under ?? underDigit}`
}
