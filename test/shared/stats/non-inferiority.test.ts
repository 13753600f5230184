import { describe, expect, it } from 'vitest'
import { newcombePaired } from '#shared/stats/newcombe.ts'
import { nonInferiorityVerdict, verdictConfidence } from '#shared/stats/non-inferiority.ts'

describe('nonInferiorityVerdict', () => {
  // Worked examples at a margin of two points, one-sided 5 %: 90 % intervals.
  it.each([
    [[900, 12, 10, 78], ['0.0020', '-0.0061', '0.0102'], 'pass'],
    [[440, 5, 5, 50], ['0.0000', '-0.0117', '0.0117'], 'pass'],
    [[440, 10, 10, 40], ['0.0000', '-0.0156', '0.0156'], 'pass'],
    [[170, 6, 4, 20], ['0.0100', '-0.0185', '0.0392'], 'inconclusive'],
    [[28, 0, 1, 1], ['-0.0333', '-0.1438', '0.0649'], 'inconclusive'],
  ] as const)('reads the table %j', ([bothRight, lost, gained, bothWrong], figures, verdict) => {
    const interval = newcombePaired({ bothRight, lost, gained, bothWrong }, verdictConfidence(0.05))!
    expect([interval.value, interval.low, interval.high].map((figure) => figure.toFixed(4))).toEqual(figures)
    expect(nonInferiorityVerdict(interval, 0.02)).toBe(verdict)
  })

  it('fails only when the whole interval lies above the margin', () => {
    expect(nonInferiorityVerdict({ value: 0.05, low: 0.021, high: 0.08 }, 0.02)).toBe('fail')
    expect(nonInferiorityVerdict({ value: 0.05, low: 0.02, high: 0.08 }, 0.02)).toBe('inconclusive')
  })

  it('does not pass an interval that ends on the margin', () => {
    expect(nonInferiorityVerdict({ value: 0, low: -0.02, high: 0.02 }, 0.02)).toBe('inconclusive')
  })
})
