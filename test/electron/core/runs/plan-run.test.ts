import { expect, it, onTestFinished } from 'vitest'
import { planRun } from '#core/runs/plan-run.ts'
import { runSpecSchema } from '#shared/domain/run.ts'
import type { CellsAsked } from '#core/store/run-parts.ts'
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

it('foretells the time of answers to the same prompts, and says so where it has only others', async () => {
  const lab = openRunLab([scriptedEngine({ reply: () => [] })], countingSuite(2))
  onTestFinished(() => lab.close())
  const asked = { suites: ['counting'], variants: ['F16', 'Q8_0'], maxTokens: 100 }
  const planned = async (deps = lab.deps) => (await planRun(deps, runSpecSchema.parse(asked))).plan
  const unknown = { seconds: null, secondsFrom: null, mostSeconds: null }
  expect(await planned()).toMatchObject(unknown)
  const [digest] = (await planned()).variants.map(({ variant }) => variant.digest)
  // F16 wrote 10 tokens in 2 s to other prompts; somebody else 50 tokens to these.
  const paces = (these: number | null) => ({
    ...lab.deps.store.cells,
    pace: ({ digest: of, suite }: CellsAsked) => {
      if (suite === undefined) return of === digest ? { seconds: 2, tokens: 10 } : null
      return of === undefined && these !== null ? { seconds: 1, tokens: these } : null
    },
  })
  const over = (these: number | null) => ({ ...lab.deps, store: { ...lab.deps.store, cells: paces(these) } })
  // Two cells each; Q8_0, which never ran, is taken to be as fast.
  expect(await planned(over(null))).toMatchObject({ seconds: 8, secondsFrom: 'other-prompts', mostSeconds: 80 })
  expect(await planned(over(50))).toMatchObject({ seconds: 40, secondsFrom: 'these-prompts', mostSeconds: 80 })
})
