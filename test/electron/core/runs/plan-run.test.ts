import { expect, it, onTestFinished } from 'vitest'
import { planRun } from '#core/runs/plan-run.ts'
import { runSpecSchema } from '#shared/domain/run.ts'
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
