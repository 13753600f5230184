import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSuite } from '#core/suites/parse-suite.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { newSuiteText } from '../../../renderer/screens/suites/editor/new-suite-text.ts'

const read = (text: string) => {
  const parsed = parseSuite({ text, format: 'yaml', file: 'suite.yaml' })
  if (parsed.suite === null) throw new Error(`${JSON.stringify(parsed.problems)}\n${text}`)
  return parsed.suite
}

describe('the text of a new suite', () => {
  it('is a sound suite with a name of its own', () => {
    expect(read(newSuiteText(null, []))).toMatchObject({
      name: 'my prompts',
      prompts: [{ grader: { kind: 'number', expected: 42 } }, { grader: { kind: 'contains', all: ['Paris'] } }],
    })
    const taken = [{ name: 'my prompts' }, { name: 'my prompts 2' }] as unknown as readonly SuiteSummary[]
    expect(read(newSuiteText(null, taken)).name).toBe('my prompts 3')
  })

  it('holds the prompt it begins with to the character', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc.constantFrom(
        '{{x}}',
        '\n',
        ' ',
        '# a',
        ': ',
        '- b',
        '"',
        "'",
        '\t',
        '\r\n',
        '\u2028',
        '\u0085',
        '|',
        '中文',
        '---\n',
        '{% raw %}',
      ),
    )
    const prompt = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(prompt, (text) => {
        expect(read(newSuiteText(text, [])).prompts[0]?.text).toBe(text)
      }),
      { numRuns: 400 },
    )
  }, 30_000)
})
