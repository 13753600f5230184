import { lacksAnswer } from './authored-grader.ts'
import type { Draft } from './expand.ts'
import type { Fault } from './read/source.ts'

/** Of an answer as it is quoted: enough to know it by. */
const mostChars = 40

/**
 * What is sound and may be meant otherwise. A text without a grader has to be the whole answer: a right one in a sentence is wrong
 * then, in every precision. Told of the first such prompt, and counted.
 */
export function adviceOn({ prompts, defaults }: Draft): readonly Fault[] {
  if (defaults?.grader !== undefined && lacksAnswer(defaults.grader)) return []
  const whole = prompts.flatMap((prompt, index) =>
    prompt !== null && prompt.grader === undefined && typeof prompt.expected === 'string'
      ? [{ index, expected: prompt.expected }]
      : [],
  )
  const [first] = whole
  if (first === undefined) return []
  const { index, expected } = first
  const shown = expected.length > mostChars ? `${expected.slice(0, mostChars)}…` : expected
  const others = whole.length - 1
  const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'prompt' : 'prompts'})`
  return [
    {
      path: ['prompts', index, 'expected'],
      message: `the whole answer has to be “${shown}”; grader: ${finderOf(expected)} finds it in a sentence, grader: exact says that it is meant${more}`,
      expected: null,
    },
  ]
}

/** The kind that finds such an answer where more is said. */
function finderOf(expected: string): 'choice' | 'number' | 'contains' {
  if (/^[A-Z]$/.test(expected)) return 'choice'
  return /^-?\d+(?:\.\d+)?$/.test(expected) ? 'number' : 'contains'
}
