import { describe, expect, it } from 'vitest'
import { fakeDigest } from '../../../fixtures/scripted-engine.ts'
import { cellsRun, loads, right, setUp } from './scripted-run.ts'

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
    const { engine, lab } = setUp(
      (request) => {
        most = Math.max(most, engine.active())
        return [5, ...right(request)]
      },
      { n: 9, engine: { features: { concurrency: 3 } } },
    )
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

it('is ready for the next run as soon as a watcher is told that one rests', async () => {
  const { lab } = setUp(right, { n: 2 })
  for (let i = 0; i < 5; i++) await lab.runToEnd({ variants: ['F16'] })
  expect(lab.runs.list().map(({ state }) => state)).toEqual(Array(5).fill('done'))
})
