import { expect, it } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import { runInMemory } from './host-in-memory.ts'
import { sampleComparison } from './sample-comparison.ts'

/** A lab with one run that gives this comparison. */
const labOf = (comparison: Comparison, isProbeRun: boolean) =>
  ({
    'compare.get': async () => comparison,
    'runs.get': async () => ({ id: comparison.run, isProbeRun }),
    'runs.list': async () => [{ id: comparison.run, isProbeRun }],
  }) as unknown as LabClient

const compare = (comparison: Comparison, isProbeRun: boolean, ...more: readonly string[]) =>
  runInMemory(['compare', '17', ...more], {
    overrides: {
      openLab: () => Promise.resolve({ client: labOf(comparison, isProbeRun), close: () => Promise.resolve() }),
    },
  })

const ungraded: Comparison = {
  ...sampleComparison,
  variants: sampleComparison.variants.map((variant) => ({ ...variant, n: 0, pairs: 0, verdict: null })),
}

it('of a probe run says where its labels are instead of a table without a figure', async () => {
  const { code, out } = await compare(ungraded, true)
  expect(out).toMatch(/^Run 17 asks probes, which have labels and no grades\. What was withheld: .*refusals show 17$/m)
  expect([code, out.includes('Verdict')]).toEqual([0, false])
  expect(JSON.parse((await compare(ungraded, true, '--json')).out)).toMatchObject({ run: 17 })
})

it('of a run with grades is the table, probes or not', async () => {
  for (const isProbeRun of [true, false]) {
    expect((await compare(sampleComparison, isProbeRun)).out).toContain('within 2 points')
  }
})
