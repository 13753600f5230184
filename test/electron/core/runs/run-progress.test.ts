import { describe, expect, it } from 'vitest'
import { runId } from '#shared/domain/ids.ts'
import { runSpecSchema } from '#shared/domain/run.ts'
import { right, setUp } from './scripted-run.ts'

describe('the progress of a run', () => {
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
    const each = lab.store.cells.pace({ digest: fresh.variants[0]!.variant.digest })
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
})
