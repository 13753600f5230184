import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
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
const run: Run = sampleRun({
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
const facts = isRight.flatMap((right, variantIndex) =>
  Array.from({ length: prompts }, (_, promptIndex) => fact({ variantIndex, promptIndex, correct: right(promptIndex) })),
)

/** A lab that computes with the lab's own code and has these calls only; any other is refused. */
function fakeLab(overrides: Partial<Record<string, unknown>> = {}): LabClient {
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

function open(hash: string, lab: LabClient = fakeLab()): void {
  window.location.hash = hash
  render(
    <AppStoreContext value={createAppStore(lab, (callback) => callback())}>
      <Routed />
    </AppStoreContext>,
  )
}

const board = () => screen.findByRole('table', { name: 'Verdicts' })
const rowOf = async (name: string) =>
  within(await board())
    .getAllByRole('row')
    .find((row) => row.textContent?.includes(name))

const press = (key: string, code: string) => fireEvent.keyDown(document.body, { key, code })

// Looking at what is hidden by style sheets, which jsdom does not apply, takes most of the time.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true })
vi.setConfig({ testTimeout: 60_000 })

beforeAll(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})
beforeEach(() => {
  window.location.hash = ''
})
afterEach(cleanup)

describe('verdicts', () => {
  it('say for each variant whether it is within the margin, with the interval of the run, flips and p', async () => {
    open('#/compare/17')
    const coarse = (await rowOf('Q2_K'))?.textContent ?? ''
    expect(coarse).toContain('worse than 2 points')
    // Q2_K loses the 117 prompts that 3 divides and 8 does not: 29.25 of 400.
    expect(coarse).toContain('117 / 0')
    expect(coarse).toContain('+29')
    expect(coarse).toContain('< 0.0001')
    const fine = (await rowOf('Q8_0'))?.textContent ?? ''
    expect(fine).toContain('within 2 points')
    expect(fine).toContain('1 / 0')
    expect((await board()).textContent).toContain('Loss [90 %]')
  })

  it('mark another margin as a view and lead back to the run’s own', async () => {
    open('#/compare/17?margin=40')
    expect((await rowOf('Q2_K'))?.textContent).toContain('within 40 points')
    const strip = screen.getAllByRole('status').find((each) => each.textContent?.includes('Margin of the run'))
    expect(strip?.textContent).toContain('Margin of the run: 2 points. Looking with 40 points.')
    fireEvent.click(screen.getByRole('button', { name: "Back to the run's own" }))
    await waitFor(async () => expect((await rowOf('Q2_K'))?.textContent).toContain('worse than 2 points'))
    expect(screen.queryByText(/Looking with/)).toBeNull()
  })

  it('follow the margin that is typed, through the address', async () => {
    open('#/compare/17')
    const field = await screen.findByRole('spinbutton', { name: /Margin/ })
    fireEvent.change(field, { target: { value: '35' } })
    expect(window.location.hash).toBe('#/compare/17?margin=35')
    await waitFor(async () => expect((await rowOf('Q2_K'))?.textContent).toContain('within 35 points'))
    fireEvent.change(field, { target: { value: '' } })
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(window.location.hash).toBe('#/compare/17?margin=35')
  })

  it('are of a part of the prompts where a tag is chosen, and say so', async () => {
    open('#/compare/17?tag=distance:far')
    // 1 of Q8_0's two losses is at an odd prompt, and half of Q2_K's.
    expect((await rowOf('Q2_K'))?.textContent).toContain('67 / 0')
    expect(screen.getByText(/A part of the prompts/)).toBeTruthy()
  })

  it('keep names, sizes and speeds back while blind', async () => {
    open('#/compare/17?blind=1')
    const text = (await board()).textContent ?? ''
    expect(text).not.toMatch(/F16|Q8_0|Q2_K|MB/)
    expect(document.querySelector('[data-p^="Q"]')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Reveal' }))
    expect(await rowOf('Q2_K')).toBeTruthy()
  })
})

describe('the first look', () => {
  it('is at the variant that is worse, not at one of which nothing can be said', async () => {
    open('#/compare/17')
    expect(await screen.findByText(/117 prompts, right under F16, wrong here/)).toBeTruthy()
  })

  it('is at the one with the most flips where none is worse', async () => {
    open('#/compare/17?margin=40')
    expect(await screen.findByText(/117 prompts, right under F16, wrong here/)).toBeTruthy()
  })
})

describe('flips', () => {
  it('are counted in quadrants; a count lists its prompts', async () => {
    open('#/compare/17?variant=2')
    fireEvent.click(await screen.findByRole('button', { name: '50 wrong in both' }))
    expect(window.location.hash).toContain('quadrant=bothWrong')
    expect(await screen.findByText(/50 prompts, wrong under F16 and here/)).toBeTruthy()
  })

  it('are reached by keys: l lost, w gained, ] the next variant', async () => {
    open('#/compare/17?variant=1')
    expect(await screen.findByText(/1 prompt, right under F16, wrong here/)).toBeTruthy()
    press(']', 'BracketRight')
    expect(await screen.findByText(/117 prompts, right under F16, wrong here/)).toBeTruthy()
    press('w', 'KeyW')
    expect(await screen.findByText(/No prompt was wrong under F16, right under Q2_K/)).toBeTruthy()
    press('l', 'KeyL')
    expect(await screen.findByText(/117 prompts/)).toBeTruthy()
  })
})

describe('charts', () => {
  it('have a sentence for people who do not see them, and a table', async () => {
    open('#/compare/17')
    const picture = await screen.findByRole('img', { name: /Share of right answers against file size/ })
    expect(picture.getAttribute('aria-label')).toContain('Q2_K 58')
    fireEvent.click(screen.getByRole('button', { name: 'Quality against size as a table' }))
    expect(window.location.hash).toContain('tables=quality')
    const table = await screen.findByRole('table', { name: 'Quality against size' })
    expect(within(table).getAllByRole('row')).toHaveLength(4)
    expect(table.textContent).toContain('58 [53, 63]')
  })

  it('of the verdicts are a table too, each figure with its interval', async () => {
    open('#/compare/17?tables=verdicts')
    const table = await screen.findByRole('table', { name: 'Verdicts' })
    expect(table.textContent).toContain('Q2_Kworse than 2 points+29 [+25, +33]58 [53, 63]')
    expect(screen.getByRole('button', { name: 'Save Verdicts' })).toBeTruthy()
  })

  it('say in their place what could not be had', async () => {
    open('#/compare/17')
    expect((await screen.findAllByText('These variants are not here.')).length).toBeGreaterThan(0)
    expect(screen.getByText('Teacher-forced pass not run.')).toBeTruthy()
  })
})

describe('a run that goes', () => {
  it('says of an unfinished variant that its verdict is one so far, with its n, and keeps it from the others’ chart', async () => {
    const counts = { total: 1200, pending: 300, running: 0, done: 900, error: 0 }
    const going = { ...run, state: 'paused' as const, counts }
    const soFar = facts.map((each) =>
      each.variantIndex === 2 && each.promptIndex >= 100 ? { ...each, state: 'pending' as const, correct: null } : each,
    )
    const comparison = compareRun({
      run: going,
      facts: soFar,
      tagsOf: () => ({}),
      versions: { grading: 'g', splitter: 's' },
    })
    open('#/compare/17', fakeLab({ 'runs.get': async () => going, 'compare.get': async () => comparison }))
    const row = (await rowOf('Q2_K'))!
    expect(row.textContent).toContain('worse than 2 points so far')
    expect(row.textContent).toContain('n = 100 prompts')
    expect([...row.querySelectorAll('[data-v]')].map((part) => part.getAttribute('data-v'))).not.toContain('fail')
    expect(row.getAttribute('data-v')).toBe('inconclusive')
    expect((await rowOf('Q8_0'))?.textContent).toMatch(/within 2 points(?! so far)/)
    const chart = await screen.findByRole('region', { name: 'Quality against size' })
    expect(chart.textContent).toContain('Without Q2_K: not all prompts yet.')
    // The notice has counted what is missing: it is not counted a second time, a moment apart.
    expect(document.body.textContent?.match(/300 of 1,200/g)).toHaveLength(1)
  })
})

describe('a run with nothing to compare', () => {
  const without = (changes: Partial<Run>, compared: Partial<Comparison> = {}) => {
    const changed = { ...run, ...changes }
    const comparison = compareRun({
      run: changed,
      facts: facts.filter(({ variantIndex }) => variantIndex === 0),
      tagsOf: () => ({}),
      versions: { grading: 'g', splitter: 's' },
    })
    return fakeLab({ 'runs.get': async () => changed, 'compare.get': async () => ({ ...comparison, ...compared }) })
  }

  it('says that one variant is not enough', async () => {
    open('#/compare/17', without({ variants: run.variants.slice(0, 1) }))
    expect(await screen.findByText('One variant has nothing to be compared with.')).toBeTruthy()
  })

  it('says that the other variants have still to run', async () => {
    const counts = { total: 1200, pending: 800, running: 0, done: 400, error: 0 }
    open('#/compare/17', without({ state: 'paused', counts }))
    expect(await screen.findByText('Nothing to compare yet.')).toBeTruthy()
    expect(screen.getByText(/This run is paused. 800 of 1,200 cells are missing./)).toBeTruthy()
    expect(document.body.textContent).not.toContain('The figures are of the cells that are there')
  })

  it('resumes a paused run where it says that it is paused', async () => {
    const counts = { total: 1200, pending: 800, running: 0, done: 400, error: 0 }
    const resumed = vi.fn(async () => ({ ...run, state: 'running' as const }))
    const lab = without({ state: 'paused', counts })
    open(
      '#/compare/17',
      new Proxy(lab, { get: (target, name) => (name === 'runs.resume' ? resumed : Reflect.get(target, name)) }),
    )
    fireEvent.click(await screen.findByRole('button', { name: 'Resume' }))
    await waitFor(() => expect(resumed).toHaveBeenCalledWith({ run: 17, errors: false }))
  })

  it('leads from probes to their labels', async () => {
    open('#/compare/17', without({ isProbeRun: true }))
    expect((await screen.findByRole('link', { name: 'Refusals of this run' })).getAttribute('href')).toBe(
      '#/refusals/17',
    )
  })

  it('says what the lab says when there is no such run', async () => {
    const refuse = async () => {
      throw new LabError('NOT_FOUND', 'There is no run 17.', { hint: 'List the runs to see their numbers.' })
    }
    open('#/compare/17', fakeLab({ 'runs.get': refuse, 'compare.get': refuse }))
    expect((await screen.findByRole('alert')).textContent).toContain('There is no run 17.')
  })
})

describe('choosing a run', () => {
  it('shows the verdicts of the newest at once', async () => {
    open('#/compare')
    const preview = await screen.findByRole('group', { name: 'Verdicts of run 17' })
    expect(await within(preview).findByText('worse than 2 points')).toBeTruthy()
    expect(within(preview).getByRole('link', { name: /Open/ }).getAttribute('href')).toBe('#/compare/17')
  })

  it('leaves out probe runs, which have no verdicts, and says where they are', async () => {
    const probes = { ...run, id: 18, name: 'probes', isProbeRun: true, createdAtMs: run.createdAtMs + 1 }
    open('#/compare', fakeLab({ 'runs.list': async () => [probes, run] }))
    expect(await screen.findByRole('group', { name: 'Verdicts of run 17' })).toBeTruthy()
    expect(screen.queryByText('probes')).toBeNull()
    expect(screen.getByRole('link', { name: '1 probe run in Refusals' }).getAttribute('href')).toBe('#/refusals')
  })

  it('says how to get one where there is none', async () => {
    open('#/compare', fakeLab({ 'runs.list': async () => [] }))
    expect(await screen.findByText('No run yet.')).toBeTruthy()
  })
})
