import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BrowserWindow } from 'electron'
import type { LabClient } from '#shared/contract/contract.ts'
import type { RunEvent, RunState } from '#shared/domain/run.ts'
import { guardRuns, type RunGuard } from '../../../electron/main/run-guard.ts'
import { answers, called, calls, FakeNotification, FakeWindow } from './fake-electron.ts'

vi.mock('electron', async () => (await import('./fake-electron.ts')).electron)

/** A lab with one run, told by hand what happens to it. No other call is there. */
function scriptedLab() {
  const queue: (RunEvent | 'gone')[] = []
  let wake = () => {}
  let running = false
  const client = {
    'runs.list': () =>
      Promise.resolve([
        { id: 6, name: 'older', state: 'done' },
        { id: 7, name: 'specimen-quick', state: running ? 'running' : 'done' },
      ]),
    async *'runs.watch'({ run }: { run: number }, { signal }: { signal: AbortSignal }) {
      expect(run).toBe(7)
      signal.addEventListener('abort', () => wake())
      while (!signal.aborted) {
        const event = queue.shift()
        if (event === 'gone') throw new Error('the lab is gone')
        if (event === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else yield event
        if (event?.kind === 'state') return
      }
    },
  } as unknown as LabClient
  const tell = async (event: RunEvent | 'gone') => {
    if (event === 'gone' || event.kind === 'state') running = false
    queue.push(event)
    wake()
    await vi.advanceTimersByTimeAsync(0)
  }
  return {
    client,
    tell,
    async begin() {
      running = true
      await vi.advanceTimersByTimeAsync(2000)
    },
    progress: (done: number, activeSeconds: number) =>
      tell({ kind: 'progress', counts: { total: 40, done, error: 2 }, activeSeconds } as unknown as RunEvent),
    end: (state: RunState) => tell({ kind: 'state', state } as unknown as RunEvent),
  }
}

let guard: RunGuard | null = null
let window: FakeWindow
let lab: ReturnType<typeof scriptedLab>
beforeEach(() => {
  vi.useFakeTimers()
  calls.length = 0
  FakeNotification.all.length = 0
  window = new FakeWindow({ webPreferences: {} })
  lab = scriptedLab()
  guard = guardRuns(
    () => lab.client,
    () => window as unknown as BrowserWindow,
  )
})
afterEach(() => {
  guard?.stop()
  vi.useRealTimers()
})

describe('while a run goes on', () => {
  it('the machine does not sleep, and may again afterwards', async () => {
    await vi.advanceTimersByTimeAsync(6000)
    expect(called('no sleep')).toEqual([])
    await lab.begin()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(called('no sleep')).toEqual([['prevent-app-suspension']])
    expect(called('sleep again')).toEqual([])
    await lab.end('done')
    expect(called('sleep again')).toHaveLength(1)
  })

  it('its progress is on the dock or taskbar until it ends', async () => {
    await lab.begin()
    await lab.progress(8, 5)
    expect(window.did).toEqual([['progress', 0.25]])
    await lab.end('done')
    expect(window.did.at(-1)).toEqual(['progress', -1])
  })

  it.each([
    ['quit', 0, true],
    ['keep running', 1, false],
  ])('quitting is asked about: %s', async (_name, answer, quits) => {
    await lab.begin()
    answers.push(answer)
    expect(await guard?.mayQuit()).toBe(quits)
    expect(called('ask')).toMatchObject([[{ message: 'Run 7 is still going.', defaultId: 1, cancelId: 1 }, true]])
  })

  it('quitting is asked about without a window too', async () => {
    const bare = guardRuns(
      () => lab.client,
      () => null,
    )
    await lab.begin()
    answers.push(1)
    expect(await bare.mayQuit()).toBe(false)
    bare.stop()
  })

  it('a lab that dies does not keep the machine awake; the run is found again when it goes on', async () => {
    await lab.begin()
    await lab.tell('gone')
    expect(called('sleep again')).toHaveLength(1)
    expect(await guard?.mayQuit()).toBe(true)
    await lab.begin()
    expect(called('no sleep')).toHaveLength(2)
  })
})

describe('the end of a run', () => {
  it.each([
    ['done', 'Run 7 is done'],
    ['failed', 'Run 7 has stopped with an error'],
  ] as const)('is told outside the window when it was a long one: %s', async (state, title) => {
    await lab.begin()
    await lab.progress(20, 61)
    await lab.end(state)
    expect(FakeNotification.all.map(({ text }) => text)).toEqual([{ title, body: 'specimen-quick' }])
    FakeNotification.all[0]?.emit('click')
    expect(window.did.at(-1)).toEqual(['show'])
  })

  it.each([
    ['a short run', 59, 'done', false],
    ['a window that is looked at', 600, 'done', true],
    ['a run that was cancelled by hand', 600, 'cancelled', false],
  ] as const)('is not told for %s', async (_name, seconds, state, focused) => {
    window.focused = focused
    await lab.begin()
    await lab.progress(20, seconds)
    await lab.end(state)
    expect(FakeNotification.all).toEqual([])
  })

  it('lets quitting go without a question', async () => {
    await lab.begin()
    await lab.end('done')
    expect(await guard?.mayQuit()).toBe(true)
    expect(called('ask')).toEqual([])
  })
})
