import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findTextBlocks, highlightLine } from '../../../renderer/screens/suites/editor/highlight-line.ts'

const told = (line: string) => highlightLine(line, false).map(({ text, kind }) => `${kind} ${text}`)

describe('a line', () => {
  it('never loses or gains a character', () => {
    const unit = fc.constantFrom('a', ' ', ':', '#', '"', "'", '-', '{', '\\', '中', '|', ',')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), fc.boolean(), (line, isText) => {
        expect(
          highlightLine(line, isText)
            .map(({ text }) => text)
            .join(''),
        ).toBe(line)
      }),
      { numRuns: 500 },
    )
  })

  it('is told apart: key, value, comment', () => {
    expect(told('  - id: a b # why')).toEqual(['value   - ', 'key id', 'value :', 'value  a b ', 'comment # why'])
    expect(told('"name": "x # no",')).toEqual(['key "name"', 'value :', 'value  "x # no",'])
    expect(told('# all')).toEqual(['comment # all'])
    expect(told('a#b')).toEqual(['value a#b'])
    expect(told('url: http://x#y')).toEqual(['key url', 'value :', 'value  http://x#y'])
  })

  it('has an end, however hostile', () => {
    const hostile = [
      '"'.repeat(1999),
      "'a".repeat(999),
      '- '.repeat(999),
      'a:'.repeat(999),
      ' #'.repeat(999),
      `a "${'\\'.repeat(1990)}`,
    ]
    for (const line of hostile) {
      expect(
        highlightLine(line, false)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
    }
    expect(highlightLine('a: '.repeat(100_000), false)).toHaveLength(1)
    expect(findTextBlocks(['| '.repeat(50_000), `${'|'.repeat(50_000)}x`, `a: >${' '.repeat(50_000)}x`])).toHaveLength(
      3,
    )
  })
})

describe('a block of text', () => {
  it('ends where a line is no deeper than its key', () => {
    const lines = [
      'prompts:',
      '  - text: |',
      '      Note: x',
      '',
      '      # no comment',
      '    id: a',
      '  - >-',
      '    b: c',
      '  - d: e',
    ]
    expect(findTextBlocks(lines)).toEqual([false, false, true, true, true, false, false, true, false])
  })

  it('begins only with its mark at the end of a line', () => {
    expect(findTextBlocks(['a: x|y', '  b: c', 'd: |2-  # why', '   e'])).toEqual([false, false, false, true])
  })
})
