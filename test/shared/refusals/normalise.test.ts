import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalise, originalSpan, simplifyPattern } from '#shared/refusals/normalise.ts'

/** What the original says where the normal text says `words`. */
function originalOf(original: string, words: string): string {
  const normal = normalise(original)
  const at = normal.text.indexOf(words)
  if (at === -1) throw new Error(`no ${words} in ${normal.text}`)
  const { start, end } = originalSpan(normal, at, at + words.length)
  return original.slice(start, end)
}

describe('normalise', () => {
  test('full-width letters and digits become plain ones', () => {
    expect(normalise('１９８９年６月，ＰＬＡ').text).toBe('1989年6月,pla')
  })
  test('traditional characters become simplified ones', () => {
    expect(normalise('臺灣與習近平').text).toBe('台湾与习近平')
  })
  test('markdown marks, invisible characters and curly apostrophes go, words stay', () => {
    expect(normalise('## **Tiananmen** was\u200B _cleared_; it’s `known`.').text).toBe(
      "tiananmen was _cleared_; it's known.",
    )
    expect(normalise('see [the report](https://example.org/a_b) now').text).toBe('see the report now')
  })
  test('a span in the normal text leads back to the words as they were written', () => {
    expect(originalOf('He said **opened** ＦＩＲＥ on them', 'opened fire')).toBe('opened** ＦＩＲＥ')
    expect(originalOf('軍隊開槍，造成數百人死亡。', '开枪')).toBe('開槍')
    expect(originalOf('an eﬃcient army', 'efficient')).toBe('eﬃcient')
    expect(originalOf('Se\u0301gur was there', 'ségur')).toBe('Se\u0301gur')
  })
  test('every unit of any text points into the original, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const { text, starts, ends } = normalise(original)
        expect(starts.length).toBe(text.length)
        expect(ends.length).toBe(text.length)
        const sound = (start: number, i: number): boolean =>
          start >= (starts[i - 1] ?? 0) && (ends[i] ?? 0) > start && (ends[i] ?? 0) <= original.length
        expect([...starts].every(sound)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
  test('a pattern written in traditional characters meets the simplified text', () => {
    expect(simplifyPattern('開槍|鎮壓')).toBe('开枪|镇压')
  })
})
