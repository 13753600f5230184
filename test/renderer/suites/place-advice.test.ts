import { describe, expect, it } from 'vitest'
import { parseSuite } from '#core/suites/parse-suite.ts'
import { placeAdvice } from '../../../renderer/screens/suites/editor/place-advice.ts'

const check = (text: string, format: 'yaml' | 'json' = 'yaml') => {
  const parsed = parseSuite({ text, format, file: `mine.${format}` })
  if (parsed.suite === null) throw new Error(`${JSON.stringify(parsed.problems)}\n${text}`)
  return parsed
}

function mended(text: string, format: 'yaml' | 'json' = 'yaml'): string | null {
  const lines = text.split('\n')
  const [advice] = placeAdvice(check(text, format).advice, lines)
  if (advice === undefined || advice.mend === null) return null
  const before = lines.slice(0, advice.line - 1).map((line) => `${line}\n`)
  const at = before.join('').length + advice.column - 1
  return text.slice(0, at) + advice.mend.text + text.slice(at + advice.mend.length)
}

describe('the mend that advice offers', () => {
  it.each([
    ['prompts:\n  - text: What?\n    expected: Paris\n', 'yaml', 'Paris'],
    ['prompts:\n  - expected: New York\n    text: What?\n', 'yaml', 'New York'],
    ['prompts:\n  - text: What?\n    expected: "a # b"', 'yaml', null],
    ['{"prompts": [{"text": "What?", "expected": "a, \\"b\\"" }]}', 'json', 'a, "b"'],
  ] as const)('in %j says how the text is looked for', (text, format, found) => {
    const next = mended(text, format)
    if (found === null) {
      expect(next).toBeNull()
      return
    }
    const { suite, advice } = check(next ?? '', format)
    expect(suite.prompts[0]?.grader).toMatchObject({ kind: 'contains', all: [found] })
    expect(advice).toEqual([])
  })

  it('is none where the line holds more than the answer', () => {
    expect(mended('prompts:\n  - {text: What?, expected: Paris}\n')).toBeNull()
    expect(mended('prompts:\n  - text: What?\n    expected: Paris # of France\n')).toBeNull()
    expect(mended('prompts:\n  - text: What?\n    expected: |-\n      Paris\n')).toBeNull()
  })
})
