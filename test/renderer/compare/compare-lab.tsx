import { cleanup, configure, render } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import { compareRun } from '#core/analysis/compare.ts'
import { findFlips } from '#core/analysis/find-flips.ts'
import type { LabClient } from '#shared/contract/contract.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import { LabError } from '#shared/domain/error.ts'
import type { Run } from '#shared/domain/run.ts'
import { useRoute } from '../../../renderer/routing/use-route.ts'
import { CompareScreen } from '../../../renderer/screens/compare/compare-screen.tsx'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { AppStoreContext } from '../../../renderer/stores/use-app.ts'
import { fact, sampleRun, variant } from '../../electron/core/analysis/sample-run.ts'

const prompts = 400
export const run: Run = sampleRun({
  variants: [
    variant({ precisionName: 'F16', sizeBytes: 7_930_000 }),
    variant({ precisionName: 'Q8_0', sizeBytes: 4_240_000 }),
    variant({ precisionName: 'Q2_K', sizeBytes: 1_670_000 }),
  ],
  prompts,
})
/** F16 is wrong on every eighth prompt, Q8_0 on one more, Q2_K on every third. */
const isRight = [
  (index: number) => index % 8 !== 0,
  (index: number) => index % 8 !== 0 && index !== 1,
  (index: number) => index % 8 !== 0 && index % 3 !== 0,
]
export const facts = isRight.flatMap((right, variantIndex) =>
  Array.from({ length: prompts }, (_, promptIndex) => fact({ variantIndex, promptIndex, correct: right(promptIndex) })),
)

/** A lab that computes with the lab's own code and has these calls only; any other is refused. */
export function fakeLab(overrides: Partial<Record<string, unknown>> = {}): LabClient {
  const calls: Record<string, unknown> = {
    'runs.get': async () => run,
    'runs.list': async () => [run],
    'compare.get': async ({ margin, reference }: { margin?: number; reference?: number }): Promise<Comparison> =>
      compareRun({
        run,
        facts,
        tagsOf: (index) => ({ distance: index % 2 === 0 ? 'near' : 'far' }),
        versions: { grading: 'grade-1', splitter: 'split-1' },
        margin,
        reference,
      }),
    'compare.prompts': async (query: { variantIndex: number; quadrant: 'lost'; reference?: number }) => {
      const indexes = findFlips(facts, { arm: 'natural', reference: 0, ...query })
      return { total: indexes.length, rows: [] }
    },
    'variants.fit': async () => {
      throw new LabError('NOT_FOUND', 'These variants are not here.')
    },
    ...overrides,
  }
  return new Proxy(calls, {
    get: (target, name: string) =>
      target[name] ?? (() => Promise.reject(new LabError('NOT_FOUND', `the fake lab has no ${name}`))),
  }) as unknown as LabClient
}

function Routed() {
  return <CompareScreen route={useRoute()} />
}

/** Opens the screen at an address. */
export function open(hash: string, lab: LabClient = fakeLab()): void {
  window.location.hash = hash
  render(
    <AppStoreContext value={createAppStore(lab, (callback) => callback())}>
      <Routed />
    </AppStoreContext>,
  )
}

/** What every test of the screen needs. */
export function setUpCompare(): void {
  // Looking at what is hidden by style sheets, which jsdom does not apply, takes most of the time.
  configure({ defaultHidden: true })

  beforeEach(() => {
    window.location.hash = ''
  })
  afterEach(cleanup)
}
