import { describe, expect, it } from 'vitest'
import { runSpecSchema, type RunEvent } from '#shared/domain/run.ts'
import { isCutOff } from '#shared/domain/words.ts'
import { countingSuite, openRunLab, type RunLab } from '../../../fixtures/run-lab.ts'
import { scriptedEngine } from '../../../fixtures/scripted-engine.ts'
import { cellsRun, closeAtEnd, loads, numberIn, right, setUp } from './scripted-run.ts'

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
    closeAtEnd(other)
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
