import { expect, it } from 'vitest'
import type { Comparison, Verdict } from '#shared/domain/comparison.ts'
import { checkVerdicts } from '../../../electron/cli/run-result.ts'
import { sampleComparison } from './sample-comparison.ts'

function withVerdicts(...verdicts: readonly (Verdict | null)[]): Comparison {
  const variants = sampleComparison.variants
    .slice(0, verdicts.length + 1)
    .map((row, index) => ({ ...row, verdict: index === 0 ? null : (verdicts[index - 1] ?? null) }))
  return { ...sampleComparison, variants }
}

it.each([
  [['pass', 'fail'], {}, 0],
  [['pass', 'fail'], { check: true }, 3],
  [['inconclusive', 'fail'], { check: true, strict: true }, 3],
  [['pass', 'inconclusive'], { check: true }, 0],
  [['pass', 'inconclusive'], { check: true, strict: true }, 4],
  [['pass', null], { strict: true }, 4],
  [['pass', 'pass'], { check: true, strict: true }, 0],
  [[], { check: true, strict: true }, 4],
] as const)('verdicts %j with %j end with %i', (verdicts, options, code) => {
  expect(checkVerdicts([withVerdicts(...verdicts)], options)).toBe(code)
})

it('looks at every arm', () => {
  expect(checkVerdicts([withVerdicts('pass'), withVerdicts('fail')], { check: true })).toBe(3)
})
