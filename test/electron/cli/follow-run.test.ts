import { expect, it } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Run, RunEvent, RunState } from '#shared/domain/run.ts'
import type { Context } from '../../../electron/cli/context.ts'
import { followRun } from '../../../electron/cli/follow-run.ts'
import { runExitCode, tellFailures } from '../../../electron/cli/run-result.ts'
import { makeTerminal } from '../../../electron/cli/terminal.ts'
import { collector } from './host-in-memory.ts'
import { sampleComparison } from './sample-comparison.ts'

const full: ErrorInfo = { code: 'DISK_FULL', message: 'The disk is full.', hint: 'Make room on the disk.' }

/** What the contract says of a run that rests in a state that could not be stored with its reason. */
function labAt(state: RunState, events: readonly Partial<RunEvent>[]): LabClient {
  const run = { id: 7, state, error: null, variants: [], counts: { total: 3, done: 1, error: 0 } }
  const client = {
    'runs.get': () => Promise.resolve(run),
    async *'runs.watch'() {
      yield* events
    },
  }
  return client as unknown as LabClient
}

function makeContext() {
  const stderr = collector()
  const context: Context = {
    terminal: makeTerminal({ stdout: collector(), stderr, env: {}, colours: false, quiet: false }),
    json: false,
    cwd: '/',
    program: 'assay',
    interrupts: { signal: new AbortController().signal },
    begun() {},
    lab: () => Promise.reject(new Error('no lab')),
    confirm: () => Promise.resolve(null),
  }
  return { context, stderr }
}

it('says why a run ended that could not write it down', async () => {
  const lab = labAt('interrupted', [
    { kind: 'state', state: 'running', error: null },
    { kind: 'state', state: 'interrupted', error: full },
    { kind: 'state', state: 'interrupted', error: null },
  ])
  await expect(followRun(makeContext().context, lab, 7)).rejects.toMatchObject({
    code: 'DISK_FULL',
    message: 'The disk is full.',
    hint: 'Make room on the disk.\nContinue with: assay resume 7',
  })
})

it('says that nobody executes a run whose executor vanished', async () => {
  await expect(followRun(makeContext().context, labAt('interrupted', []), 7)).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    message: 'Nothing executes run 7 any more.',
    hint: 'Continue with: assay resume 7',
  })
})

const counted = (done: number, error: number) => ({ id: 7, counts: { done, error } }) as unknown as Run

it('counts the reasons of failed cells and says how to run those again', async () => {
  const rows = ['ENGINE_TIMEOUT', 'ENGINE_CRASHED', 'ENGINE_TIMEOUT'].map((errorCode) => ({ errorCode }))
  const lab = { 'cells.page': () => Promise.resolve({ total: 3, rows }) } as unknown as LabClient
  const { context, stderr } = makeContext()
  await tellFailures(context, lab, counted(5, 3))
  expect(stderr.text()).toContain('3 cells failed (ENGINE_TIMEOUT 2, ENGINE_CRASHED 1).')
  expect(stderr.text()).toContain('assay resume 7 --errors')
})

it('calls a run without a single cell that ran a failure', () => {
  expect(runExitCode(counted(0, 3), [sampleComparison], {})).toBe(1)
  expect(runExitCode(counted(1, 3), [sampleComparison], {})).toBe(0)
})
