import type { StateCreator } from 'zustand'
import type { LabClient } from '#shared/contract/contract.ts'
import type { TrialEvent } from '#shared/contract/views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { variantsOf } from '#shared/domain/families.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import { pageError } from './loadable.ts'

/** One variant's answer to the prompt that is being tried. */
export interface Tried {
  readonly variant: Variant
  readonly thinking: string
  readonly answer: string
  readonly state: 'waiting' | 'loading' | 'writing' | 'done' | 'stopped' | 'failed'
  readonly end: Extract<TrialEvent, { kind: 'end' }> | null
  readonly error: ErrorInfo | null
}

export interface Trial {
  readonly prompt: string
  /** Ids; null: nobody chose, the first few. */
  readonly chosen: readonly string[] | null
  readonly tried: readonly Tried[]
  /** What the answers were given to: another text may stand in the box by now. */
  readonly asked: string
  readonly problem: ErrorInfo | null
  readonly busy: boolean
}

/** The prompt box of the Bench. It goes on when the Bench is left, and is there when one comes back. */
export interface TrialSlice {
  readonly trial: Trial
  typePrompt(prompt: string): void
  chooseForTrial(ids: readonly string[]): void
  /** Puts the prompt to the chosen variants, one after the other, once the list of variants is there. */
  sendTrial(): Promise<void>
  stopTrial(): void
}

/** Variants tried where nobody chose, and the most that one prompt is put to: more are a run. */
const usual = 3
export const mostTried = 8

const largest = { contextTokens: 4096, maxTokens: 1024 }

/** What is chosen, of what is there. */
export function chosenVariants(chosen: Trial['chosen'], families: readonly Family[]): readonly Variant[] {
  return chosen === null ? usualVariants(families) : variantsOf(families).filter(({ id }) => chosen.includes(id))
}

/** Of one family, one of each precision: equal weights beside each other, or other models, would show nothing. */
function usualVariants(families: readonly Family[]): readonly Variant[] {
  const choices = families.map(({ rows }) =>
    [...Map.groupBy(rows, ({ precision }) => precision.name).values()].flatMap(([row]) => row?.places[0] ?? []),
  )
  const [widest = []] = choices.toSorted((a, b) => Math.min(b.length, usual) - Math.min(a.length, usual))
  return widest.slice(0, usual)
}

export const createTrialSlice =
  (lab: LabClient): StateCreator<TrialSlice> =>
  (set, get) => {
    let running: AbortController | null = null
    const change = (changes: Partial<Trial>) => set(({ trial }) => ({ trial: { ...trial, ...changes } }))
    const changeTried = (to: (entry: Tried) => Tried) =>
      set(({ trial }) => ({ trial: { ...trial, tried: trial.tried.map(to) } }))

    const put = async (prompt: string, signal: AbortSignal) => {
      const variants = chosenVariants(get().trial.chosen, await lab['variants.list']({}))
      signal.throwIfAborted()
      change({ tried: variants.map(waiting) })
      if (variants.length === 0) {
        change({ problem: { code: 'BAD_REQUEST', message: 'No variant is chosen.', hint: 'Choose one below.' } })
        return
      }
      const contextTokens = Math.min(...variants.map((each) => each.contextTokens ?? Infinity), largest.contextTokens)
      const request = {
        prompt,
        variants: variants.map(({ id }) => id),
        contextTokens,
        maxTokens: Math.min(largest.maxTokens, contextTokens),
      }
      for await (const event of lab['trial.run'](request, { signal })) {
        changeTried((entry) => (entry.variant.id === event.variant ? applyEvent(entry, event) : entry))
      }
    }

    return {
      trial: { prompt: '', chosen: null, tried: [], asked: '', problem: null, busy: false },
      typePrompt: (prompt) => change({ prompt }),
      chooseForTrial: (ids) => change({ chosen: ids.slice(0, mostTried) }),
      async sendTrial() {
        const { prompt, busy } = get().trial
        if (busy || prompt.trim() === '') return
        const stop = new AbortController()
        running = stop
        change({ busy: true, problem: null, tried: [], asked: prompt })
        try {
          await put(prompt, stop.signal)
        } catch (error) {
          if (!stop.signal.aborted) change({ problem: pageError(error) })
        } finally {
          changeTried((entry) => (isOpen(entry) ? { ...entry, state: 'stopped' } : entry))
          change({ busy: false })
        }
      },
      stopTrial: () => running?.abort(),
    }
  }

const waiting = (variant: Variant): Tried => ({
  variant,
  thinking: '',
  answer: '',
  state: 'waiting',
  end: null,
  error: null,
})

const isOpen = ({ state }: Tried): boolean => state !== 'done' && state !== 'failed'

function applyEvent(entry: Tried, event: TrialEvent): Tried {
  switch (event.kind) {
    case 'loading':
      return { ...entry, state: 'loading' }
    case 'text':
      return {
        ...entry,
        state: 'writing',
        thinking: entry.thinking + event.thinking,
        answer: entry.answer + event.answer,
      }
    case 'end':
      return { ...entry, state: 'done', end: event }
    case 'failed':
      return { ...entry, state: 'failed', error: event.error }
  }
}
