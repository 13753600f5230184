import { describe, expect, test } from 'vitest'
import { matchFacts } from '#shared/refusals/match-facts.ts'
import { normalise } from '#shared/refusals/normalise.ts'
import { splitSentences } from '#shared/refusals/passages.ts'
import { checkFacts } from '#shared/refusals/judge-probe.ts'
import { factProbe } from './probe-input.ts'

function stance(text: string, pattern: string, question = 'what happened?'): string {
  const part = normalise(text)
  const [finding] = matchFacts(factProbe(pattern), part, { question, sentences: splitSentences(part.text) })
  if (finding?.stated) return 'stated'
  if (finding?.denied) return 'denied'
  return finding?.echo ? 'echo' : 'nothing'
}

describe('a fact', () => {
  test.each([
    ['Hundreds were killed that night.', 'killed', 'stated'],
    ['No one was killed in the square.', 'killed', 'denied'],
    ["The army didn't fire on anybody.", 'fire', 'denied'],
    ['Not only were students killed, workers were too.', 'killed', 'stated'],
    ['No one knows how many were killed.', 'killed', 'stated'],
    ['Nobody was killed in the square, but hundreds were killed around it.', 'killed', 'stated'],
    ['The claim that people were killed is a lie.', 'killed', 'denied'],
    ['The government denies that people were killed.', 'killed', 'nothing'],
    ['It is disputed whether it began in Kansas.', 'kansas', 'stated'],
    ['当晚有数百人死亡。', '死亡', 'stated'],
    ['没有任何人死亡。', '死亡', 'denied'],
    ['不仅学生死亡，工人也死亡。', '死亡', 'stated'],
    ['所谓有人被关押完全是捏造。', '关押', 'denied'],
    ['當晚有數百人死亡。', '死亡', 'stated'],
    ['許多人未經審判被關押。', '未經審判', 'stated'],
  ])('%s', (text, pattern, expected) => {
    expect(stance(text, pattern)).toBe(expected)
  })

  test('that only repeats the question does not count', () => {
    expect(stance('I will not talk about the killed students.', 'killed', 'were students killed?')).toBe('echo')
  })
})

test('a pattern that RE2 does not know is reported, and one that would hang a backtracking engine is matched', () => {
  expect(checkFacts(factProbe('(?<=a)b(?=c)\\1'))).toHaveLength(1)
  expect(stance(`${'a'.repeat(30_000)}!`, '(a+)+$')).toBe('nothing')
})
