import { describe, expect, it } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import type { TrialEvent } from '#shared/contract/views.ts'
import { LabError } from '#shared/domain/error.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { chosenVariants, mostTried } from '../../../renderer/stores/trial-slice.ts'
import { variant } from '../../electron/core/analysis/sample-run.ts'

const variants: readonly Variant[] = ['F16', 'Q8_0', 'Q4_K_M', 'Q2_K'].map((precisionName) =>
  variant({ precisionName }),
)
const families: readonly Family[] = [
  { name: 'one', rows: variants.map((each) => ({ precision: each.precision, places: [each], distinction: null })) },
]

/** A lab of which only these calls are made; the list and the stream come when the test lets them. */
function open() {
  const list = Promise.withResolvers<readonly Family[]>()
  const asked: { variants: readonly string[]; prompt: string }[] = []
  const events: TrialEvent[] = []
  let wake = () => {}
  const client = {
    'variants.list': () => list.promise,
    async *'trial.run'(input: (typeof asked)[number], { signal }: { signal: AbortSignal }) {
      asked.push(input)
      signal.addEventListener('abort', () => wake())
      for (;;) {
        const next = events.shift()
        if (signal.aborted) throw new LabError('CANCELLED', 'The action was cancelled.')
        if (next === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else yield next
      }
    },
  } as unknown as LabClient
  const store = createAppStore(client, (callback) => callback())
  const feed = (event: TrialEvent) => {
    events.push(event)
    wake()
  }
  return { store, asked, feed, trial: () => store.getState().trial, listed: () => list.resolve(families) }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('a prompt that is tried', () => {
  it('is put to the variants as soon as they are known, even when it was sent before', async () => {
    const { store, asked, trial, listed } = open()
    store.getState().typePrompt('What is 1 + 1?')
    void store.getState().sendTrial()
    expect(trial().busy).toBe(true)
    listed()
    await settled()
    expect(asked).toMatchObject([{ prompt: 'What is 1 + 1?', variants: variants.slice(0, 3).map(({ id }) => id) }])
    store.getState().typePrompt('What is 2 + 2?')
    expect(trial()).toMatchObject({ prompt: 'What is 2 + 2?', asked: 'What is 1 + 1?' })
  })

  it('keeps its text and its answers whatever is on the screen, and says what was stopped', async () => {
    const { store, feed, trial, listed } = open()
    listed()
    const [first, second] = variants
    store.getState().chooseForTrial([first!.id, second!.id])
    store.getState().typePrompt('Hello')
    const sent = store.getState().sendTrial()
    await settled()
    feed({ kind: 'loading', variant: first!.id })
    feed({ kind: 'text', variant: first!.id, thinking: 'hm', answer: 'Two' })
    await settled()
    expect(trial().tried[0]).toMatchObject({ state: 'writing', thinking: 'hm', answer: 'Two' })
    store.getState().stopTrial()
    await sent
    expect(trial()).toMatchObject({ prompt: 'Hello', busy: false, problem: null })
    expect(trial().tried.map(({ state }) => state)).toEqual(['stopped', 'stopped'])
  })

  it('says in its place that nothing is chosen, and never asks for more than the lab takes', async () => {
    const { store, asked, trial, listed } = open()
    listed()
    store.getState().typePrompt('Hello')
    store.getState().chooseForTrial([])
    await store.getState().sendTrial()
    expect(asked).toEqual([])
    expect(trial().problem?.message).toBe('No variant is chosen.')
    store.getState().chooseForTrial(Array.from({ length: 20 }, (_, index) => `v${index}`))
    expect(trial().chosen).toHaveLength(mostTried)
    expect(chosenVariants(trial().chosen, families)).toEqual([])
  })

  it('is put to different weights of one model where nobody chose, not to two places of the same', () => {
    const row = (...places: [Variant, ...Variant[]]) => ({ precision: places[0].precision, places, distinction: null })
    const made = (precisionName: string, ref: string) => ({ ...variant({ precisionName }), ref })
    const lone = made('F16', 'another model')
    const [f16, again, q8, q8again, q4] = [
      made('F16', 'a:f16'),
      made('F16', 'rewritten:f16'),
      made('Q8_0', 'a:q8'),
      made('Q8_0', '/m/q8.gguf'),
      made('Q4_K_M', 'a:q4'),
    ] as const
    const known: readonly Family[] = [
      { name: 'another', rows: [row(lone)] },
      { name: 'a', rows: [row(f16), row(again), row(q8, q8again), row(q4)] },
    ]
    expect(chosenVariants(null, known).map(({ ref }) => ref)).toEqual(['a:f16', 'a:q8', 'a:q4'])
    expect(chosenVariants(null, known.slice(0, 1)).map(({ ref }) => ref)).toEqual(['another model'])
    expect(chosenVariants(null, [])).toEqual([])
  })
})
