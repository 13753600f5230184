import { describe, expect, it } from 'vitest'
import { runSpecSchema, type RunSummary } from '#shared/domain/run.ts'
import { variant } from '../../electron/core/analysis/sample-run.ts'
import { isUsual, newestAlike } from '../../../renderer/screens/bench/earlier-run.ts'
import { specimenSpec } from '../../../renderer/screens/bench/specimen-spec.ts'

const files = ['F16', 'Q8_0'].map((precisionName) => variant({ precisionName }))
const variants = files.map((each, index) => ({ index, variant: each, role: index === 0 ? 'reference' : 'candidate' }))
const plan = { suites: [{ hash: 'sha256:a', name: 'quick', n: 2 }], variants, cells: 4 } as never
const run = (id: number, extra: object = {}) =>
  ({
    id,
    state: 'done',
    suites: [{ hash: 'sha256:a', name: 'quick', n: 2 }],
    variants,
    counts: { total: 4, pending: 0, running: 0, done: 4, error: 0 },
    ...extra,
  }) as unknown as RunSummary

describe('an earlier run of the specimen’s precisions', () => {
  it('is the newest that is complete, else the newest', () => {
    expect(newestAlike([run(3, { state: 'paused' }), run(2), run(1)], plan)?.id).toBe(2)
    expect(newestAlike([run(1, { state: 'paused' }), run(3, { state: 'cancelled' })], plan)?.id).toBe(3)
  })

  it('put the same prompts through the same files, all of them once', () => {
    const others = [
      run(1, { suites: [{ hash: 'sha256:b', name: 'quick', n: 2 }] }),
      run(2, { variants: variants.slice(0, 1) }),
      run(3, { counts: { total: 8, pending: 0, running: 0, done: 8, error: 0 } }),
    ]
    expect(newestAlike(others, plan)).toBeNull()
  })

  it('has the settings of the first run', () => {
    const spec = runSpecSchema.parse(specimenSpec(['a', 'b']))
    expect(isUsual(spec)).toBe(true)
    expect(isUsual({ ...spec, name: 'Demo' })).toBe(true)
    for (const other of [{ maxTokens: 64 }, { sampling: { ...spec.sampling, temperature: 0.6 } }, { margin: 0.1 }]) {
      expect(isUsual({ ...spec, ...other })).toBe(false)
    }
  })
})
