import type { TrialEvent } from '#shared/contract/views.ts'
import type { Arm, Sampling } from '#shared/domain/engine.ts'
import { errorInfo, LabError } from '#shared/domain/error.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { createSplitter, type Splitter } from '#shared/thinking/splitter.ts'
import type { Engine } from '../engines/engine.ts'
import { withinBudget } from '../engines/within-budget.ts'
import { armPrompt } from '../runs/arm-prompt.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

interface Trial {
  readonly prompt: string
  readonly arm: Arm
  readonly sampling: Sampling
  readonly maxTokens: number
  readonly contextTokens: number
}

export function trialHandlers(services: LabServices): HandlerGroup<'trial.run'> {
  return {
    async *'trial.run'({ variants: names, ...trial }, { signal }) {
      const { variants, runs } = services
      if (runs.busy) {
        throw new LabError('CONFLICT', 'A run is being executed; a trial would disturb its times.', {
          hint: 'Wait, or pause the run.',
        })
      }
      for (const name of names) {
        if (signal.aborted) return
        const variant = await variants.find(name, signal)
        yield* tryVariant(variants.engine(variant.endpoint), variant, trial, signal)
      }
    },
  }
}

/** One variant's answer. What fails is an event: the next variant is still tried. */
async function* tryVariant(
  engine: Engine,
  variant: Variant,
  trial: Trial,
  signal: AbortSignal,
): AsyncGenerator<TrialEvent> {
  const load = { contextTokens: trial.contextTokens, threads: null, batchTokens: null }
  yield { kind: 'loading', variant: variant.id }
  try {
    await engine.load(variant.ref, load, signal)
    yield* generate(engine, variant, trial, signal)
  } catch (error) {
    yield { kind: 'failed', variant: variant.id, error: errorInfo(error) }
  } finally {
    await engine.unload(variant.ref).catch(() => {}) // gone or broken: what failed has been said
  }
}

async function* generate(
  engine: Engine,
  variant: Variant,
  trial: Trial,
  signal: AbortSignal,
): AsyncGenerator<TrialEvent> {
  const load = { contextTokens: trial.contextTokens, threads: null, batchTokens: null }
  const { input, startsInside } = await inputOf(engine, variant, trial, signal)
  const splitter = createSplitter({ startsInside })
  const request = {
    ref: variant.ref,
    input,
    load,
    sampling: trial.sampling,
    seed: trial.sampling.seed,
    maxTokens: trial.maxTokens,
    stop: [],
    alternatives: null,
  }
  for await (const event of withinBudget(engine.generate(request, signal), request.maxTokens)) {
    if (event.kind === 'text') {
      yield { kind: 'text', variant: variant.id, ...delta(splitter, event) }
      continue
    }
    const { generateMs, firstTokenMs } = event.timings
    const rate =
      event.outputTokens === null || generateMs === null || generateMs === 0
        ? null
        : (event.outputTokens * 1000) / generateMs
    yield { kind: 'text', variant: variant.id, ...splitter.flush() }
    yield {
      kind: 'end',
      variant: variant.id,
      reason: event.reason,
      thinkState: splitter.finish(event.reason).thinkState,
      outputTokens: event.outputTokens,
      tokensPerSecond: rate,
      firstTokenMs,
    }
  }
}

function delta(splitter: Splitter, { text, thinking }: { readonly text: string; readonly thinking: boolean | null }) {
  if (thinking === null) return splitter.push(text)
  return thinking ? { thinking: text, answer: '' } : { thinking: '', answer: text }
}

async function inputOf(engine: Engine, { ref }: Variant, trial: Trial, signal: AbortSignal) {
  const message = { system: null, user: trial.prompt }
  if (trial.arm === 'chat') return { input: { mode: 'chat', ...message, think: null } as const, startsInside: false }
  const load = { contextTokens: trial.contextTokens, threads: null, batchTokens: null }
  const { text, startsInside } = armPrompt((await engine.render(ref, message, load, signal)).text, trial.arm)
  return { input: { mode: 'raw', prompt: text } as const, startsInside }
}
