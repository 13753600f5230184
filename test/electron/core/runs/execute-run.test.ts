import { afterEach, describe, expect, it } from 'vitest'
import type { GenerateRequest } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { runId } from '#shared/domain/ids.ts'
import { runSpecSchema, type RunEvent } from '#shared/domain/run.ts'
import { isCutOff } from '#shared/domain/words.ts'
import { countingSuite, openRunLab, type RunLab } from '../../../fixtures/run-lab.ts'
import { fakeDigest, scriptedEngine, type Script, type ScriptedEngine } from '../../../fixtures/scripted-engine.ts'

const open: RunLab[] = []
afterEach(async () => {
  for (const lab of open.splice(0)) {
    await lab.close()
    expect(lab.bugs).toEqual([])
  }
})

const numberIn = (request: GenerateRequest) =>
  /say (\d+)/.exec(request.input.mode === 'raw' ? request.input.prompt : request.input.user)?.[1] ?? '?'
const right = (request: GenerateRequest): Script => [
  '<think>',
  '\n',
  'hm',
  '</think>',
  '\n\n',
  `it is ${numberIn(request)}`,
]
const failure = (code: 'ENGINE_CRASHED' | 'PROMPT_TOO_LONG' | 'OUT_OF_MEMORY' | 'STREAM_CUT') =>
  new LabError(code, `scripted ${code}`)

function setUp(
  reply: (request: GenerateRequest, attempt: number) => Script,
  options: { n?: number; engine?: Partial<Parameters<typeof scriptedEngine>[0]>; grader?: unknown } = {},
): { engine: ScriptedEngine; lab: RunLab } {
  const engine = scriptedEngine({ reply, ...options.engine })
  const lab = openRunLab([engine], countingSuite(options.n ?? 6, options.grader))
  open.push(lab)
  return { engine, lab }
}

const loads = (engine: ScriptedEngine) => engine.log.filter((line) => line.startsWith('load'))
const cellsRun = (engine: ScriptedEngine) => engine.log.filter((line) => line.startsWith('cell'))

describe('a run', () => {
  it('loads each variant once, warms it up first, and unloads it before the next', async () => {
    const { engine, lab } = setUp(right)
    const run = await lab.runToEnd()
    expect(lab.runs.get(run).state).toBe('done')
    const order = engine.log
      .filter((line, i, log) => line.split(' ')[0] !== log[i - 1]?.split(' ')[0])
      .map((line) => line.split(' ').slice(0, 2).join(' '))
    expect(order).toEqual(
      ['F16', 'Q8_0', 'Q2_K'].flatMap((ref) => [`load ${ref}`, `warm ${ref}`, `cell ${ref}`, `unload ${ref}`]),
    )
    expect(cellsRun(engine)).toHaveLength(18)
    expect(lab.store.cells.counts(run)).toMatchObject({ total: 18, done: 18, pending: 0, error: 0 })
  })

  it('sends every variant the same bytes, as the reference’s template wrote them', async () => {
    const { engine, lab } = setUp(right)
    await lab.runToEnd({ arms: ['natural', 'forced', 'suppressed'] })
    const sent = Map.groupBy(
      engine.requests.filter(({ maxTokens }) => maxTokens > 1),
      ({ ref }) => ref,
    )
    const texts = [...sent.values()].map((requests) =>
      requests.map(({ input }) => (input.mode === 'raw' ? input.prompt : '')).toSorted(),
    )
    expect(texts[0]).toHaveLength(18)
    expect(texts[1]).toEqual(texts[0])
    expect(texts[2]).toEqual(texts[0])
    expect(texts[0]?.some((text) => text.endsWith('<think>\n'))).toBe(true)
  })

  it('stores text, split, grade and configuration of a cell', async () => {
    const { lab } = setUp(right)
    const run = await lab.runToEnd()
    const [cell] = lab.store.cells.page(run, { offset: 2, limit: 1 }).rows
    if (cell === undefined) throw new Error('no cell')
    const trace = lab.store.traces.get(cell.id)
    expect(cell).toMatchObject({ state: 'done', correct: true, thinkState: 'normal', tokens: 6, thinkingTokens: 5 })
    expect(trace?.raw).toBe('<think>\nhm</think>\n\nit is 2')
    expect(trace?.raw.slice(trace.split.answer.start, trace.split.answer.end)).toBe('it is 2')
    expect(trace?.fingerprint).toMatchObject({
      variantDigest: fakeDigest('builtinF16'),
      contextTokens: 512,
      mode: 'raw',
    })
    expect(trace?.grade).toMatchObject({ kind: 'graded', correct: true })
  })

  it('rests at once where the disk is full, and stores why as soon as there is room', async () => {
    let cells = 0
    const { lab } = setUp((request) => {
      if (++cells === 3) isFull = true
      return right(request)
    })
    let isFull = false
    // Everything that writes, as SQLite fails on a full disk.
    const full = <A extends readonly unknown[], R>(write: (...args: A) => R) => {
      return (...args: A): R => {
        if (isFull) throw new LabError('DISK_FULL', 'The disk is full.')
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
    const said = events.filter((event) => event.kind === 'state')
    expect(said).toContainEqual(
      expect.objectContaining({ state: 'interrupted', error: expect.objectContaining({ code: 'DISK_FULL' }) }),
    )
    expect(lab.runs.get(run)).toMatchObject({ state: 'interrupted', error: null })
    isFull = false
    await expect
      .poll(() => lab.runs.get(run), { timeout: 10_000 })
      .toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
    expect(await lab.resumeToEnd(run)).toBe('done')
    expect(lab.store.cells.counts(run)).toMatchObject({ done: 6, pending: 0 })
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

  it('says how far each variant has come, and guesses what is left from the nearest there is', async () => {
    const { lab } = setUp(right, { n: 4 })
    const run = await lab.runToEnd({ variants: ['F16', 'Q8_0'] })
    const whole = lab.runs.progress(run)
    expect(whole).toMatchObject([
      { variantIndex: 0, total: 4, done: 4, error: 0, secondsLeft: 0 },
      { variantIndex: 1, total: 4, done: 4, error: 0, secondsLeft: 0 },
    ])
    const { counts, ...fresh } = lab.runs.get(run)
    expect(counts.done).toBe(8)
    const next = lab.store.runs.create({
      ...fresh,
      prompts: lab.store.runs.prompts(run),
    })
    const [known] = lab.runs.progress(lab.runs.get(next).id)
    const each = lab.store.variants.cellPace({ digest: fresh.variants[0]!.variant.digest })
    expect(known).toMatchObject({ done: 0, total: 4, seconds: 0, secondsLeft: 4 * (each?.seconds ?? Number.NaN) })
  })

  it('tells its watchers the same time left as its variants say, also while it stands still', async () => {
    const { lab } = setUp(right, { n: 6 })
    const run = await lab.runToEnd({ variants: ['F16', 'Q8_0'] })
    const { counts: _counts, ...fresh } = lab.runs.get(run)
    const next = runId(lab.store.runs.create({ ...fresh, prompts: lab.store.runs.prompts(run) }))
    lab.store.runs.setState(next, 'paused', null)
    const told: (number | null)[] = []
    const each: unknown[] = []
    for await (const event of lab.runs.watch(next, { text: false }, new AbortController().signal)) {
      if (event.kind !== 'progress') continue
      told.push(event.secondsLeft)
      each.push(event.variants)
    }
    const left = lab.runs.progress(next).map(({ secondsLeft }) => secondsLeft ?? Number.NaN)
    expect(told[0]).toBeGreaterThan(0)
    expect(told).toEqual(told.map(() => left[0]! + left[1]!))
    expect(each).toEqual(each.map(() => lab.runs.progress(next)))
  })

  it('tells while it goes on how far each variant is and what is left of it, as much as is left in all', async () => {
    const { lab } = setUp(right, { n: 6 })
    const run = await lab.runs.start(
      runSpecSchema.parse({ suites: ['counting'], variants: ['F16', 'Q8_0'], contextTokens: 512, maxTokens: 100 }),
    )
    const seen: { readonly done: number; readonly all: number; readonly left: boolean }[] = []
    for await (const event of lab.runs.watch(run, { text: false }, new AbortController().signal)) {
      if (event.kind !== 'progress') continue
      const lefts = event.variants.map(({ secondsLeft }) => secondsLeft)
      const sum = lefts.reduce((total, each) => (total === null || each === null ? null : total + each), 0)
      const done = event.variants.reduce((total, variant) => total + variant.done + variant.error, 0)
      seen.push({ done, all: event.counts.done + event.counts.error, left: sum === event.secondsLeft })
    }
    expect(seen.every(({ done, all, left }) => done === all && left)).toBe(true)
    expect(seen.at(-1)).toMatchObject({ done: 12 })
  })

  it('gives samples different seeds, the same for every variant', async () => {
    const { engine, lab } = setUp(right, { n: 2 })
    await lab.runToEnd({ samples: 3, sampling: { temperature: 0.6, seed: 40 } })
    const seeds = Map.groupBy(
      engine.requests.filter(({ maxTokens }) => maxTokens > 1),
      ({ ref }) => ref,
    )
    for (const requests of seeds.values())
      expect(requests.map(({ seed }) => seed).toSorted((a, b) => a - b)).toEqual([40, 40, 41, 41, 42, 42])
  })

  it('runs as many cells at once as the engine states, and no more', async () => {
    let most = 0
    const { lab } = setUp(
      (request) => {
        most = Math.max(most, engine.active())
        return [5, ...right(request)]
      },
      { n: 9, engine: { features: { concurrency: 3 } } },
    )
    const engine = open.at(-1)?.deps.engine('builtin' as never) as ScriptedEngine
    await lab.runToEnd()
    expect(most).toBe(3)
  })

  it('repeats the reference last for the noise floor, as cells of their own', async () => {
    const { engine, lab } = setUp(right, { n: 2 })
    const run = await lab.runToEnd({ noiseFloor: true })
    expect(loads(engine)).toEqual(['load F16', 'load Q8_0', 'load Q2_K', 'load F16'])
    const keys = lab.store.cells.page(run, { offset: 0, limit: 100 }).rows.map(({ key }) => key)
    expect(new Set(keys).size).toBe(8)
    expect(lab.runs.get(run).variants.at(-1)).toMatchObject({ role: 'repeat', index: 3 })
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
    open.push(lab)
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

describe('stopping and going on', () => {
  const until = async (lab: RunLab, run: number, done: number) => {
    await expect
      .poll(() => lab.store.cells.counts(run as never).done, { timeout: 5000, interval: 5 })
      .toBeGreaterThanOrEqual(done)
  }
  const start = (lab: RunLab) =>
    lab.runs.start(
      runSpecSchema.parse({
        suites: ['counting'],
        variants: ['F16', 'Q8_0', 'Q2_K'],
        contextTokens: 512,
        maxTokens: 50,
      }),
    )

  it('cancels at once, keeps the partial text, and resumes exactly the missing cells', async () => {
    const { engine, lab } = setUp((request) => ['a', 20, ...right(request)], { n: 8 })
    const run = await start(lab)
    await until(lab, run, 11)
    lab.runs.stop(run, 'cancel')
    expect(await lab.rest(run)).toBe('cancelled')
    expect(engine.active()).toBe(0)
    const before = lab.store.cells.counts(run)
    expect(before.done).toBeLessThan(24)
    expect(before).toMatchObject({ error: 0, pending: 24 - before.done })
    const cut = lab.store.cells
      .page(run, { filter: { states: ['pending'] }, offset: 0, limit: 24 })
      .rows.filter(isCutOff)
    expect(cut.map(({ id }) => lab.store.traces.get(id)?.raw)).toEqual(['a'])
    engine.log.length = 0
    expect(await lab.resumeToEnd(run)).toBe('done')
    expect(cellsRun(engine)).toHaveLength(24 - before.done)
    expect(loads(engine)).toEqual(['load Q8_0', 'load Q2_K'])
  })

  it('lets cells in flight finish when paused', async () => {
    const { engine, lab } = setUp((request) => [30, ...right(request)], { n: 8 })
    const run = await start(lab)
    await until(lab, run, 2)
    lab.runs.stop(run, 'pause')
    expect(await lab.rest(run)).toBe('paused')
    const counts = lab.store.cells.counts(run)
    expect(counts.error).toBe(0)
    expect(cellsRun(engine)).toHaveLength(counts.done)
    expect(await lab.resumeToEnd(run)).toBe('done')
    expect(cellsRun(engine)).toHaveLength(24)
  })

  it('tells a watcher who joins late what the cell that runs has written so far', async () => {
    const { lab } = setUp((request) => [
      ...right(request).slice(0, 3),
      400,
      '</think>',
      '\n\n',
      `it is ${numberIn(request)}`,
    ])
    const run = await start(lab)
    const first = new AbortController()
    let early = ''
    for await (const event of lab.runs.watch(run, { text: true }, first.signal)) {
      if (event.kind === 'cell-text') early += event.thinking
      if (early.includes('h')) break
    }
    const late: RunEvent[] = []
    for await (const event of lab.runs.watch(run, { text: true }, new AbortController().signal)) {
      late.push(event)
      if (event.kind === 'cell-text') break
    }
    expect(late.map(({ kind }) => kind)).toEqual(['progress', 'state', 'variant', 'cell-started', 'cell-text'])
    expect(late.at(-1)).toMatchObject({
      thinking: expect.stringContaining('h') as string,
      tokens: expect.any(Number) as number,
    })
    lab.runs.stop(run, 'cancel')
    expect(await lab.rest(run)).toBe('cancelled')
  })

  it('runs one run at a time in a process, and one executor a run over all processes', async () => {
    const { lab } = setUp((request) => [20, ...right(request)], { n: 20 })
    const run = await start(lab)
    await expect(start(lab)).rejects.toMatchObject({ code: 'CONFLICT' })
    const other = openRunLab([scriptedEngine({ reply: right })], countingSuite(20), {
      path: lab.store.path,
      owner: 'other',
    })
    open.push(other)
    expect(() => other.runs.resume(run, { errors: false })).toThrow(expect.objectContaining({ code: 'RUN_LEASED' }))
    const seen: RunEvent[] = []
    const stop = new AbortController()
    for await (const event of other.runs.watch(run, { text: true }, stop.signal)) {
      seen.push(event)
      if (seen.length === 2) other.runs.stop(run, 'cancel')
      if (event.kind === 'state' && event.state === 'cancelled') break
    }
    expect(lab.runs.get(run).state).toBe('cancelled')
  })
})

it('is ready for the next run as soon as a watcher is told that one rests', async () => {
  const { lab } = setUp(right, { n: 2 })
  for (let i = 0; i < 5; i++) await lab.runToEnd({ variants: ['F16'] })
  expect(lab.runs.list().map(({ state }) => state)).toEqual(Array(5).fill('done'))
})

describe('the judge', () => {
  it('is loaded once, after everything else, and reads answers only', async () => {
    const { engine, lab } = setUp(
      (request) =>
        request.ref === 'Q8_0'
          ? [`{"quote": "it", "correct": ${!JSON.stringify(request.input).includes('it is 1')}}`]
          : right(request),
      { n: 3, grader: { kind: 'judge', criterion: 'says the number' } },
    )
    const run = await lab.runToEnd({ variants: ['F16', 'Q2_K'], judge: 'Q8_0' })
    expect(loads(engine)).toEqual(['load F16', 'load Q2_K', 'load Q8_0'])
    const judged = engine.requests.filter(({ ref, maxTokens }) => ref === 'Q8_0' && maxTokens > 1)
    expect(judged).toHaveLength(6)
    expect(JSON.stringify(judged)).not.toContain('hm')
    expect(JSON.stringify(judged)).not.toContain('Q2_K')
    expect(lab.store.cells.page(run, { offset: 0, limit: 9 }).rows.map(({ correct }) => correct)).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ])
    engine.log.length = 0
    expect(await lab.runs.regrade(run)).toBe(0)
  })

  it('is looked for when the run is planned, also where no prompt asks for it', async () => {
    const { lab } = setUp(right, { n: 1 })
    const plan = (judge: string) =>
      lab.runs.plan(runSpecSchema.parse({ suites: ['counting'], variants: ['F16'], judge }))
    await expect(plan('nope')).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringContaining('judge'),
    })
    expect((await plan('Q8_0')).warnings).toContainEqual(expect.objectContaining({ code: 'judge-unused' }))
  })
})
