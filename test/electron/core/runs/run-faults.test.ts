import { describe, expect, it, vi } from 'vitest'
import { LabError } from '#shared/domain/error.ts'
import { runId } from '#shared/domain/ids.ts'
import { runSpecSchema, type RunEvent } from '#shared/domain/run.ts'
import { countingSuite, openRunLab } from '../../../fixtures/run-lab.ts'
import { fakeDigest, scriptedEngine } from '../../../fixtures/scripted-engine.ts'
import { cellsRun, closeAtEnd, failure, loads, numberIn, right, setUp } from './scripted-run.ts'

/** A run whose disk is full from its third cell on, watched until it rests. */
async function runOnFullDisk() {
  let cells = 0
  const disk = { isFull: false }
  const { lab } = setUp((request) => {
    if (++cells === 3) disk.isFull = true
    return right(request)
  })
  // Everything that writes, as SQLite fails on a full disk.
  const full = <A extends readonly unknown[], R>(write: (...args: A) => R) => {
    return (...args: A): R => {
      if (disk.isFull) throw new LabError('DISK_FULL', 'The disk is full.')
      return write(...args)
    }
  }
  const { runs, cells: cellStore } = lab.store
  for (const name of ['setState', 'takeLease', 'renewLease', 'releaseLease', 'addActiveMs', 'setWish'] as const) {
    Object.assign(runs, { [name]: full(runs[name] as (...args: unknown[]) => unknown) })
  }
  Object.assign(cellStore, { record: full(cellStore.record as (...args: unknown[]) => unknown) })
  const events: RunEvent[] = []
  const run = await lab.runs.start(
    runSpecSchema.parse({ suites: ['counting'], variants: ['F16'], contextTokens: 512, maxTokens: 100 }),
  )
  for await (const event of lab.runs.watch(run, { text: false }, new AbortController().signal)) events.push(event)
  return { lab, run, events, disk }
}

describe('a run', () => {
  it('rests at once where the disk is full, and stores why as soon as there is room', async () => {
    const { lab, run, events, disk } = await runOnFullDisk()
    const said = events.filter((event) => event.kind === 'state')
    expect(said).toContainEqual(
      expect.objectContaining({ state: 'interrupted', error: expect.objectContaining({ code: 'DISK_FULL' }) }),
    )
    expect(lab.runs.get(run)).toMatchObject({ state: 'interrupted', error: null })
    disk.isFull = false
    await expect.poll(() => lab.runs.get(run)).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
    expect(await lab.resumeToEnd(run)).toBe('done')
    expect(lab.store.cells.counts(run)).toMatchObject({ done: 6, pending: 0 })
  })

  it('that a full disk stopped has nothing more to store once another process has deleted it', async () => {
    const { lab, run, disk } = await runOnFullDisk()
    lab.store.runs.delete(run)
    disk.isFull = false
    const asked = vi.spyOn(lab.store.runs, 'lease')
    // It looks once more, in a timer: what that throws nobody catches, and fails the tests.
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(0)
    expect(lab.runs.list()).toEqual([])
  })

  it('ends with a word where another process has deleted it meanwhile, and the lab goes on', async () => {
    let cells = 0
    const { lab } = setUp((request) => {
      if (++cells === 4) lab.store.runs.delete(runId(1))
      return right(request)
    })
    const events: RunEvent[] = []
    const run = await lab.runs.start(
      runSpecSchema.parse({ suites: ['counting'], variants: ['F16'], contextTokens: 512, maxTokens: 100 }),
    )
    for await (const event of lab.runs.watch(run, { text: false }, new AbortController().signal)) events.push(event)
    expect(events.at(-1)).toMatchObject({ kind: 'state', state: 'cancelled', error: { code: expect.any(String) } })
    expect(lab.runs.get(await lab.runToEnd({ variants: ['F16'] })).state).toBe('done')
  })
})

describe('what goes wrong in a cell', () => {
  it('keeps the partial text of a cell that falls silent, and does not generate it again', async () => {
    const { engine, lab } = setUp(
      (request) => (numberIn(request) === '1' ? ['<think>', 'so far', 60_000] : right(request)),
      { n: 2 },
    )
    const run = await lab.runToEnd({ idleTimeoutMs: 150, retries: 3, variants: ['F16'] })
    const cell = lab.store.cells.page(run, { filter: { states: ['error'] }, offset: 0, limit: 5 }).rows[0]
    expect(cell).toMatchObject({
      errorCode: 'ENGINE_TIMEOUT',
      endReason: 'timeout',
      thinkState: 'budget-cut',
      correct: null,
    })
    expect(cell === undefined ? null : lab.store.traces.get(cell.id)?.raw).toBe('<think>so far')
    expect(cellsRun(engine)).toHaveLength(2)
    expect(lab.runs.get(run).state).toBe('done')
  })

  it('tries again after a crash and counts the attempts', async () => {
    const { engine, lab } = setUp(
      (request, attempt) => (attempt === 1 ? ['<think>', failure('ENGINE_CRASHED')] : right(request)),
      { n: 2 },
    )
    const run = await lab.runToEnd({ variants: ['F16'] })
    expect(cellsRun(engine)).toHaveLength(4)
    const cell = lab.store.cells.page(run, { offset: 0, limit: 1 }).rows[0]
    expect(cell === undefined ? null : lab.store.traces.get(cell.id)).toMatchObject({ attempts: 2, error: null })
  })

  it('cuts a text that goes on beyond its budget, keeps it, and does not ask for it again', async () => {
    const { engine, lab } = setUp(
      (request) => (numberIn(request) === '1' ? ['<think>', ...Array<string>(200).fill('on ')] : right(request)),
      { n: 2 },
    )
    const run = await lab.runToEnd({ maxTokens: 40, retries: 3, variants: ['F16'] })
    const cell = lab.store.cells.page(run, { filter: { states: ['error'] }, offset: 0, limit: 5 }).rows[0]
    expect(cell).toMatchObject({ errorCode: 'BUDGET_IGNORED', thinkState: 'budget-cut', correct: null })
    const raw = cell === undefined ? '' : (lab.store.traces.get(cell.id)?.raw ?? '')
    expect(raw.startsWith('<think>on on')).toBe(true)
    expect(raw.split('on').length).toBeLessThan(70)
    expect(cellsRun(engine)).toHaveLength(2)
    expect(engine.active()).toBe(0)
  })

  it('stores what never passes once, with its text, and goes on', async () => {
    const { engine, lab } = setUp(
      (request) => (numberIn(request) === '0' ? [failure('PROMPT_TOO_LONG')] : right(request)),
      { n: 3 },
    )
    const run = await lab.runToEnd({ variants: ['F16'] })
    expect(cellsRun(engine)).toHaveLength(3)
    expect(lab.store.cells.counts(run)).toMatchObject({ done: 2, error: 1 })
  })

  it('calls a prompt that was read shorter than by the reference truncated', async () => {
    const engine = scriptedEngine({ reply: right })
    const lab = openRunLab([engine], countingSuite(2))
    closeAtEnd(lab)
    const generate = engine.generate.bind(engine)
    engine.generate = async function* (request, signal) {
      for await (const event of generate(request, signal)) {
        yield event.kind === 'end' && request.ref === 'Q2_K' ? { ...event, promptTokens: 3 } : event
      }
    }
    const run = await lab.runToEnd()
    const errors = lab.store.cells.page(run, { filter: { states: ['error'] }, offset: 0, limit: 9 }).rows
    expect(errors.map(({ variantIndex, errorCode }) => ({ variantIndex, errorCode }))).toEqual([
      { variantIndex: 2, errorCode: 'PROMPT_TRUNCATED' },
      { variantIndex: 2, errorCode: 'PROMPT_TRUNCATED' },
    ])
  })

  it('retries only the errors, when asked', async () => {
    let broken = true
    const { engine, lab } = setUp(
      (request) => (broken && numberIn(request) === '1' ? ['half', failure('PROMPT_TOO_LONG')] : right(request)),
      { n: 3 },
    )
    const run = await lab.runToEnd()
    broken = false
    engine.log.length = 0
    expect(await lab.resumeToEnd(run, { errors: true })).toBe('done')
    expect(cellsRun(engine)).toEqual([
      'cell F16 <user>say 1<assistant>',
      'cell Q8_0 <user>say 1<assistant>',
      'cell Q2_K <user>say 1<assistant>',
    ])
    expect(lab.store.cells.counts(run)).toMatchObject({ done: 9, error: 0 })
  })
})

describe('what goes wrong with a variant', () => {
  it('leaves the cells of a variant that cannot be loaded missing and runs the others; resuming loads only that one', async () => {
    let broken = true
    const { engine, lab } = setUp(right, {
      engine: {
        onLoad: (ref) => {
          if (broken && ref === 'Q8_0') throw failure('OUT_OF_MEMORY')
        },
      },
    })
    const run = await lab.runToEnd()
    expect(lab.runs.get(run)).toMatchObject({
      state: 'failed',
      error: { code: 'OUT_OF_MEMORY' },
      counts: { done: 12, pending: 6 },
    })
    broken = false
    engine.log.length = 0
    expect(await lab.resumeToEnd(run)).toBe('done')
    expect(loads(engine)).toEqual(['load Q8_0'])
    expect(cellsRun(engine)).toHaveLength(6)
  })

  it('refuses to mix in a tag that has another digest than planned', async () => {
    const { engine, lab } = setUp(right, { n: 2 })
    const plan = await lab.runs.start(
      runSpecSchema.parse({ suites: ['counting'], variants: ['F16', 'Q8_0'], contextTokens: 512, maxTokens: 50 }),
    )
    engine.setDigest('Q8_0', fakeDigest('pulled again'))
    await lab.rest(plan)
    expect(lab.runs.get(plan)).toMatchObject({ state: 'failed', error: { code: 'MODEL_CHANGED' } })
    expect(cellsRun(engine).filter((line) => line.includes('Q8_0'))).toEqual([])
  })

  it('stops a variant whose engine keeps failing instead of failing every cell', async () => {
    const { engine, lab } = setUp((request) => (request.ref === 'Q8_0' ? [failure('STREAM_CUT')] : right(request)), {
      n: 40,
    })
    const run = await lab.runToEnd({ retries: 0 })
    expect(cellsRun(engine).filter((line) => line.includes('Q8_0'))).toHaveLength(8)
    expect(lab.runs.get(run).counts).toMatchObject({ done: 80, error: 8, pending: 32 })
    expect(lab.runs.get(run).state).toBe('failed')
  })
})
