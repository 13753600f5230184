import { describe, expect, it } from 'vitest'
import { armPrompt } from '#core/runs/arm-prompt.ts'
import { estimateTime, secondsLeft } from '#core/runs/estimate-time.ts'
import { createEventQueue } from '#core/runs/event-queue.ts'
import { readVerdict } from '#core/runs/judge-cells.ts'
import { liveText } from '#core/runs/live-text.ts'
import { backoffMs, consequenceOf } from '#core/runs/retry-policy.ts'
import { createRunHub } from '#core/runs/run-hub.ts'
import { selectPrompts } from '#core/runs/select-prompts.ts'
import { errorCodes, LabError } from '#shared/domain/error.ts'
import { cellId, runId } from '#shared/domain/ids.ts'
import type { Cell, RunEvent } from '#shared/domain/run.ts'
import type { HashedSuite } from '#shared/domain/suite.ts'

describe('armPrompt', () => {
  const plain = '<｜User｜>1+1?<｜Assistant｜>'
  const prefilled = `${plain}<think>\n`

  it('leaves the natural arm as the template wrote it', () => {
    expect(armPrompt(plain, 'natural')).toEqual({ text: plain, startsInside: false })
    expect(armPrompt(prefilled, 'natural')).toEqual({ text: prefilled, startsInside: true })
  })

  it('opens the thinking once, whether or not the template did', () => {
    expect(armPrompt(plain, 'forced')).toEqual({ text: prefilled, startsInside: true })
    expect(armPrompt(prefilled, 'forced')).toEqual({ text: prefilled, startsInside: true })
  })

  it('suppresses with an empty block, whether or not the template opened one', () => {
    const wanted = { text: `${plain}<think>\n\n</think>\n\n`, startsInside: false }
    expect(armPrompt(plain, 'suppressed')).toEqual(wanted)
    expect(armPrompt(prefilled, 'suppressed')).toEqual(wanted)
  })
})

describe('selectPrompts', () => {
  const prompt = (id: string, family: string, distance: string) => ({
    id,
    text: id,
    lang: 'en',
    tags: { family, distance },
  })
  const suite = {
    name: 's',
    prompts: ['a', 'b', 'c'].flatMap((family) =>
      [1, 2, 3, 4].map((i) => prompt(`${family}${i}`, family, i % 2 ? 'near' : 'far')),
    ),
  } as unknown as HashedSuite
  const ids = (choice: Parameters<typeof selectPrompts>[1]) =>
    selectPrompts([suite], choice).map((selected) => selected.prompt.id)

  it('takes families in turn, and keeps the suite order', () => {
    expect(ids({ where: {}, limit: 4 })).toEqual(['a1', 'a2', 'b1', 'c1'])
  })

  it('asks a longer run for everything a shorter one asked', () => {
    for (let n = 1; n < 12; n++)
      expect(ids({ where: {}, limit: n + 1 })).toEqual(expect.arrayContaining(ids({ where: {}, limit: n })))
  })

  it('keeps prompts whose tags and language match', () => {
    expect(ids({ where: { distance: 'near', family: 'b' }, limit: null })).toEqual(['b1', 'b3'])
    expect(ids({ where: { lang: 'zh-Hans' }, limit: null })).toEqual([])
  })
})

describe('the retry policy', () => {
  it('never tries again what a user would have to mend first', () => {
    const again = errorCodes.filter((code) => consequenceOf(new LabError(code, '')) === 'again')
    expect(again).not.toContain('PROMPT_TOO_LONG')
    expect(again).not.toContain('ENGINE_TIMEOUT')
    expect(again).not.toContain('DISK_FULL')
    expect(again).toContain('ENGINE_CRASHED')
  })

  it('waits longer each time, up to half a minute', () => {
    expect([1, 2, 3, 20].map(backoffMs)).toEqual([500, 1000, 2000, 30_000])
  })
})

describe('the time that is left', () => {
  /** Variants of ten cells: how many ran, and how long each of these took. */
  const ran = (...of: readonly (readonly [cells: number, seconds: number])[]) =>
    of.map(([done, each], variantIndex) => ({ variantIndex, total: 10, done, error: 0, totalMs: 1000 * done * each }))
  const left = (progress: ReturnType<typeof estimateTime>) => progress.map(({ secondsLeft: each }) => each)
  const nothing = new Map<number, number>()

  it('is not known before three cells have run', () => {
    const progress = estimateTime(ran([2, 2]), nothing, 1)
    expect(left(progress)).toEqual([null])
    expect(secondsLeft(progress)).toBeNull()
  })

  it('is that of each variant’s own pace, and of the run’s mean where there is none yet', () => {
    expect(left(estimateTime(ran([10, 2], [0, 0]), nothing, 1))).toEqual([0, 20])
    expect(left(estimateTime(ran([10, 2], [5, 4]), nothing, 1))).toEqual([0, 20])
    expect(left(estimateTime(ran([10, 2], [5, 4]), nothing, 2))).toEqual([0, 10])
  })

  it('is that of earlier runs before a variant begins, as far as they foretold the others', () => {
    const earlier = new Map([
      [0, 1],
      [1, 3],
    ])
    expect(left(estimateTime(ran([0, 0], [0, 0]), earlier, 1))).toEqual([10, 30])
    // Its cells take four times as long as they did: so will those of the other.
    expect(left(estimateTime(ran([5, 4], [0, 0]), earlier, 1))).toEqual([20, 120])
  })

  it('is in all what it is for each', () => {
    const progress = estimateTime(ran([5, 4], [0, 0], [3, 7]), new Map([[1, 2]]), 2)
    expect(secondsLeft(progress)).toBe(left(progress).reduce((sum, each) => (sum ?? 0) + (each ?? Number.NaN), 0))
  })
})

describe('createEventQueue', () => {
  const run = runId(1)
  const text = (cell: number, answer: string): RunEvent => ({
    kind: 'cell-text',
    run,
    cell: cellId(cell),
    thinking: '',
    answer,
    tokens: answer.length,
    firstTokenMs: 5,
    tokensPerSecond: null,
  })
  const done = (id: number): RunEvent => ({ kind: 'cell-done', run, cell: { id: cellId(id) } as Cell })

  it('joins the live text of a cell and forgets it once the cell is done', () => {
    const queue = createEventQueue()
    queue.push(text(1, 'a'))
    queue.push(text(1, 'bc'))
    queue.push(text(2, 'c'))
    queue.push(done(2))
    expect(queue.drain()).toEqual([done(2), { ...text(1, 'abc'), tokens: 2 }])
    expect(queue.drain()).toEqual([])
  })

  it('stays small however far behind its reader is', () => {
    const queue = createEventQueue()
    for (let i = 1; i <= 50_000; i++) {
      queue.push(text(0, 'x'.repeat(100)))
      queue.push(done(i))
    }
    const events = queue.drain()
    expect(events.length).toBeLessThan(1100)
    expect(JSON.stringify(events).length).toBeLessThan(200_000)
    expect(events).toContainEqual(done(50_000))
  })

  it('tells the state last, so that what led to it is read first', () => {
    const queue = createEventQueue()
    queue.push({ kind: 'state', run, state: 'done', error: null })
    queue.push(done(7))
    expect(queue.drain().map(({ kind }) => kind)).toEqual(['cell-done', 'state'])
  })
})

describe('liveText', () => {
  const talk = () => {
    let nowMs = 0
    const seen: unknown[] = []
    const clock = { now: () => 0, monotonic: () => nowMs, sleep: async () => {} }
    const live = liveText(clock, (_cell, slice) => seen.push(slice))
    const at = (ms: number, act: () => void) => {
      nowMs = ms
      act()
    }
    return { live, seen, at }
  }
  const cell = cellId(1)

  it('passes text on in slices, with the pace since the first token', () => {
    const { live, seen, at } = talk()
    at(1000, () => live.begin(cell))
    at(1200, () => live.push(cell, { thinking: 'a', answer: '', tokens: 1 }))
    at(1220, () => live.push(cell, { thinking: 'b', answer: '', tokens: 1 }))
    at(1300, () => live.push(cell, { thinking: 'c', answer: '', tokens: 1 }))
    expect(seen).toEqual([
      { thinking: 'a', answer: '', tokens: 1, firstTokenMs: 200, tokensPerSecond: null },
      { thinking: 'bc', answer: '', tokens: 3, firstTokenMs: 200, tokensPerSecond: 20 },
    ])
  })

  it('tells the rest when the cell ends, and nothing where there is nothing new', () => {
    const { live, seen, at } = talk()
    at(0, () => live.begin(cell))
    at(100, () => live.push(cell, { thinking: '', answer: 'x', tokens: 1 }))
    at(110, () => live.push(cell, { thinking: '', answer: 'y', tokens: 1 }))
    at(120, () => live.end(cell))
    at(130, () => live.begin(cell))
    at(140, () => live.end(cell))
    expect(seen.map((slice) => (slice as { answer: string }).answer)).toEqual(['x', 'y'])
  })
})

describe('createRunHub', () => {
  const run = runId(1)
  const started = (id: number): RunEvent => ({
    kind: 'cell-started',
    run,
    cell: cellId(id),
    variantIndex: 0,
    promptIndex: id,
    arm: 'natural',
    sample: 0,
  })
  const text = (id: number, answer: string): RunEvent => ({
    kind: 'cell-text',
    run,
    cell: cellId(id),
    thinking: '',
    answer,
    tokens: answer.length,
    firstTokenMs: 1,
    tokensPerSecond: null,
  })

  it('tells who joins late what the cells that run have written, and forgets the others', () => {
    const hub = createRunHub()
    const phase: RunEvent = { kind: 'variant', run, variantIndex: 0, phase: 'running' }
    for (const event of [phase, started(1), text(1, 'a'), started(2), text(1, 'b'), text(2, 'c')]) hub.publish(event)
    hub.publish({ kind: 'cell-done', run, cell: { id: cellId(2) } as Cell })
    expect(hub.standing(run)).toEqual([phase, started(1), { ...text(1, 'ab'), tokens: 1 }])
    hub.publish({ kind: 'state', run, state: 'paused', error: null })
    expect(hub.standing(run)).toEqual([])
  })
})

describe('readVerdict', () => {
  it.each([
    ['<think>hm {"correct": false}</think>{"quote": "4", "correct": true}', true],
    ['Sure: {"correct": false}', false],
    ['{"quote": "a", "correct": true}\n{"quote": "b", "correct": false}', false],
  ])('reads %j', (raw, correct) => {
    expect(readVerdict(raw, false)).toMatchObject({ kind: 'graded', correct })
  })

  it.each(['yes', '{"correct": "yes"}', '{"correct": true', '', '<think>{"correct": true}'])(
    'finds no verdict in %j',
    (raw) => {
      expect(readVerdict(raw, false).kind).toBe('ungradable')
    },
  )
})
