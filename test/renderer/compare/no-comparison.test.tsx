import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { compareRun } from '#core/analysis/compare.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import { LabError } from '#shared/domain/error.ts'
import type { Run } from '#shared/domain/run.ts'
import { facts, fakeLab, open, run, setUpCompare } from './compare-lab.tsx'

setUpCompare()

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
