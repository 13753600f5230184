import { expect, it, onTestFinished } from 'vitest'
import { planRun } from '#core/runs/plan-run.ts'
import { runSpecSchema } from '#shared/domain/run.ts'
import { hashSuite } from '#core/suites/hash-suite.ts'
import { suiteSchema } from '#shared/domain/suite.ts'
import { resolvablePoints } from '#shared/stats/power.ts'
import { countingSuite, openRunLab } from '../../../fixtures/run-lab.ts'
import { scriptedEngine } from '../../../fixtures/scripted-engine.ts'

it.each([
  { threads: 1, slots: 1, cores: 1, warned: false },
  { threads: 2, slots: 1, cores: 4, warned: false },
  { threads: 2, slots: 1, cores: 2, warned: true },
  { threads: 2, slots: 2, cores: 4, warned: true },
  { threads: null, slots: 1, cores: 2, warned: false },
  { threads: null, slots: 1, cores: 2, standing: 2, warned: true },
])('$threads threads in $slots slots on $cores cores are warned of: $warned', async (machine) => {
  const { threads, slots, cores, standing = 1, warned } = machine
  const lab = openRunLab([scriptedEngine({ reply: () => [], features: { concurrency: slots } })], countingSuite(1))
  onTestFinished(() => lab.close())
  const deps = { ...lab.deps, cores, builtinThreads: () => standing }
  const { plan } = await planRun(deps, runSpecSchema.parse({ suites: ['counting'], variants: ['F16'], threads }))
  expect(plan.warnings.some(({ code }) => code === 'threads-over-cores')).toBe(warned)
})

/** What a plan says of a suite with so many prompts of each kind, and a judge or none. */
async function planOf(kinds: readonly (object | undefined)[], judge: string | null = null) {
  const prompts = kinds.map((grader, i) => ({ id: `p${i}`, text: `say ${i}`, ...(grader && { grader }) }))
  const suite = hashSuite(suiteSchema.parse({ schema: 'assay-suite/1', name: 'mixed', prompts }))
  const lab = openRunLab([scriptedEngine({ reply: () => [] })], suite)
  onTestFinished(() => lab.close())
  const spec = runSpecSchema.parse({ suites: ['mixed'], variants: ['F16'], judge })
  return (await planRun(lab.deps, spec)).plan
}

it('says what can be told by graded prompts alone', async () => {
  const number = { kind: 'number', expected: 1 }
  const judged = { kind: 'judge', criterion: 'is it polite?' }
  expect(await planOf([undefined, undefined])).toMatchObject({ graded: 0, resolvablePoints: null })
  expect(await planOf([number, undefined, number])).toMatchObject({ graded: 2, resolvablePoints: resolvablePoints(2) })
  expect(await planOf([number, judged])).toMatchObject({ graded: 1, resolvablePoints: resolvablePoints(1) })
  expect(await planOf([number, judged], 'Q8_0')).toMatchObject({ graded: 2, resolvablePoints: resolvablePoints(2) })
})
