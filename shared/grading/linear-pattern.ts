import { RE2JS } from 're2js'

/** Limits that keep matching cheap whatever the pattern: RE2 is linear in the text, and this bounds the factor. */
export const patternLimits = { chars: 2000 } as const

/** Tests a text against one pattern in time linear in the text. */
export type LinearPattern = (text: string) => boolean

const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  u: 0,
}

/**
 * Compiles RE2 syntax. Flags: `i`, `m`, `s`; `u` is always on.
 * @throws RangeError with a sentence for people, for syntax that RE2 lacks, unknown flags and oversized patterns
 */
export function compilePattern(pattern: string, flags = ''): LinearPattern {
  if (pattern.length > patternLimits.chars)
    throw new RangeError(`a pattern has at most ${patternLimits.chars} characters`)
  let bits = 0
  for (const flag of flags) {
    const bit = flagBits[flag]
    if (bit === undefined) throw new RangeError(`unknown flag "${flag}": i, m, s and u are understood`)
    bits |= bit
  }
  try {
    const compiled = RE2JS.compile(pattern, bits)
    return (text) => compiled.matcher(text).find()
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : 'not a regular expression', { cause: error })
  }
}
