import { describe, expect, it } from 'vitest'
import { parseSuite, type SuiteFormat } from '#core/suites/parse-suite.ts'

function adviceOn(text: string, format: SuiteFormat = 'yaml'): readonly string[] {
  const parsed = parseSuite({ text, format, file: `mine.${format}` })
  if (parsed.suite === null) throw new Error(JSON.stringify(parsed.problems))
  return parsed.advice.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
}
const prompts = (...answers: readonly string[]) =>
  `prompts:\n${answers.map((answer, n) => `  - text: What is ${n}?\n    ${answer}\n`).join('')}`

describe('advice on a sound suite', () => {
  it('says of the first text without a grader that it has to be the whole answer, and counts the others', () => {
    expect(adviceOn(prompts('expected: 42', 'expected: Paris'))).toEqual([
      '5:15 prompts[1].expected the whole answer has to be “Paris”; grader: contains finds it in a sentence, grader: exact says that it is meant',
    ])
    expect(adviceOn(prompts('expected: Paris', 'expected: Rome', 'expected: Bern'))).toEqual([
      expect.stringMatching(/^3:15 .*“Paris”.* \(and 2 more prompts\)$/),
    ])
  })

  it('names the kind that finds it', () => {
    expect(adviceOn(prompts('expected: B'))[0]).toContain('grader: choice finds')
    expect(adviceOn(prompts('expected: "42"'))[0]).toContain('grader: number finds')
  })

  it('is none where a grader is named, beside it or for all, and where tables look for their texts', () => {
    expect(adviceOn(prompts('expected: Paris\n    grader: exact'))).toEqual([])
    expect(adviceOn(`defaults: {grader: contains}\n${prompts('expected: Paris')}`)).toEqual([])
    expect(adviceOn('question,answer\nWhat is the capital of France?,Paris\n', 'csv')).toEqual([])
  })
})
