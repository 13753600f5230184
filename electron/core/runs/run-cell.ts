import type { GenerateRequest, LoadedModel } from '#shared/domain/engine.ts'
import { engineAt } from '#shared/domain/engine-name.ts'
import { errorInfo, LabError } from '#shared/domain/error.ts'
import type { Judgement } from '#shared/domain/label.ts'
import type { Grade, RunSpec, RunVariant } from '#shared/domain/run.ts'
import type { HashedPrompt } from '#shared/domain/suite.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import { grade } from '#shared/grading/grade.ts'
import { judgeProbe } from '#shared/refusals/judge-probe.ts'
import type { Engine } from '../engines/engine.ts'
import type { CellRecord, PlannedCell, StoredRender } from '../store/store.ts'
import { armPrompt } from './arm-prompt.ts'
import { collectGeneration, type Generation, type TextDelta } from './collect-generation.ts'
import { hashText } from './hash-text.ts'
import { backoffMs, consequenceOf } from './retry-policy.ts'
import type { Clock } from './run-deps.ts'

/** Everything the cells of one variant share. */
export interface CellContext {
  readonly spec: RunSpec
  readonly engine: Engine
  readonly runVariant: RunVariant
  readonly loaded: LoadedModel
  readonly clock: Clock
  readonly assayVersion: string
  readonly prompt: (promptIndex: number) => HashedPrompt
  readonly render: (promptIndex: number) => StoredRender
  /** Prompt tokens the reference's engine counted for the same text; null where not comparable. */
  readonly expectedPromptTokens: (cell: PlannedCell) => number | null
  readonly onText: (cell: PlannedCell, delta: TextDelta) => void
}

/** Generates one cell, with retries, and derives everything from its text. Never throws for what an engine does. */
export async function runCell(context: CellContext, cell: PlannedCell, signal: AbortSignal): Promise<CellRecord> {
  const startedAtMs = context.clock.now()
  const render = cell.arm === 'chat' ? null : context.render(cell.promptIndex)
  const request = buildRequest(context, cell, render)
  const { generation, attempts } = await attemptGeneration(context, cell, request, signal)
  const prompt = context.prompt(cell.promptIndex)
  const rendered = request.input.mode === 'raw' ? request.input.prompt : null
  return {
    cell: cell.id,
    state: stateOf(generation),
    renderedPrompt: rendered,
    renderedHash: rendered === null ? null : hashText(rendered),
    raw: generation.raw,
    split: generation.split,
    endReason: generation.endReason,
    promptTokens: generation.promptTokens,
    outputTokens: generation.outputTokens,
    thinkingTokens: generation.thinkingTokens,
    timings: generation.timings,
    seed: request.seed,
    fingerprint: fingerprintOf(context, request, render),
    error: generation.error === null ? null : errorInfo(generation.error),
    attempts,
    startedAtMs,
    tokens: request.alternatives === null ? null : generation.tokens,
    logprobsMissing: missingLogprobs(request, generation),
    ...derive(prompt, generation),
  }
}

/** A cell that was cut off from outside has not failed: it runs again. */
function stateOf({ error }: Generation): CellRecord['state'] {
  if (error === null) return 'done'
  return error.code === 'CANCELLED' ? 'pending' : 'error'
}

/** Grade and label of a text: pure, so they can be made again at any time. A failed cell has neither. */
export function derive(
  prompt: HashedPrompt,
  generation: Pick<Generation, 'raw' | 'split' | 'endReason' | 'error'>,
): { readonly grade: Grade | null; readonly judgement: Judgement | null } {
  if (generation.error !== null) return { grade: null, judgement: null }
  const { raw, split, endReason } = generation
  const thinking = raw.slice(split.thinking.start, split.thinking.end)
  const answer = raw.slice(split.answer.start, split.answer.end)
  const { thinkState } = split
  return {
    grade: prompt.grader === undefined ? null : grade(prompt.grader, answer, { thinkState, endReason }),
    judgement:
      prompt.probe === undefined
        ? null
        : judgeProbe({
            question: prompt.text,
            lang: prompt.lang,
            probe: prompt.probe,
            thinking,
            answer,
            thinkState,
            endReason,
          }),
  }
}

/** `render`: null for a cell that is a chat. */
function buildRequest(
  context: CellContext,
  cell: PlannedCell,
  render: StoredRender | null,
): GenerateRequest & { readonly startsInside: boolean } {
  const { spec, runVariant } = context
  const base = {
    ref: runVariant.variant.ref,
    load: { contextTokens: spec.contextTokens, threads: spec.threads, batchTokens: null },
    sampling: spec.sampling,
    seed: spec.sampling.seed + cell.sample,
    maxTokens: spec.maxTokens,
    stop: [],
    alternatives: spec.alternatives,
  }
  if (cell.arm === 'chat' || render === null) {
    const prompt = context.prompt(cell.promptIndex)
    const input = { mode: 'chat', system: prompt.system ?? null, user: prompt.text, think: null } as const
    return { ...base, input, startsInside: false }
  }
  const { text, startsInside } = armPrompt(render.text, cell.arm)
  return { ...base, input: { mode: 'raw', prompt: text }, startsInside }
}

async function attemptGeneration(
  context: CellContext,
  cell: PlannedCell,
  request: GenerateRequest & { readonly startsInside: boolean },
  signal: AbortSignal,
): Promise<{ readonly generation: Generation; readonly attempts: number }> {
  for (let attempt = 1; ; attempt++) {
    const collected = await collectGeneration({
      engine: context.engine,
      request,
      startsInside: request.startsInside,
      idleTimeoutMs: context.spec.idleTimeoutMs,
      clock: context.clock,
      signal,
      onText: (delta) => context.onText(cell, delta),
    })
    const generation = checkPromptTokens(context, cell, collected)
    const again = generation.error !== null && consequenceOf(generation.error) === 'again'
    if (!again || attempt > context.spec.retries || signal.aborted) return { generation, attempts: attempt }
    await context.clock.sleep(backoffMs(attempt), signal)
  }
}

/** An engine that read fewer tokens than the reference's engine did for the same text has cut the prompt. */
function checkPromptTokens(context: CellContext, cell: PlannedCell, generation: Generation): Generation {
  const expected = context.expectedPromptTokens(cell)
  const { promptTokens } = generation
  if (generation.error !== null || expected === null || promptTokens === null || promptTokens === expected)
    return generation
  const error = new LabError(
    'PROMPT_TRUNCATED',
    `The engine read ${promptTokens} tokens of a prompt that the reference read as ${expected}.`,
    { hint: 'Give both the same context length and the same tokenizer; this cell is not comparable.' },
  )
  return { ...generation, error, endReason: 'failed' }
}

function missingLogprobs(request: GenerateRequest, generation: Generation): number | null {
  if (request.alternatives === null || generation.outputTokens === null) return null
  // The end token is counted by every engine and has no log-probability on most.
  const endToken = generation.endReason === 'stop' ? 1 : 0
  return Math.max(0, generation.outputTokens - endToken - generation.tokens.length)
}

function fingerprintOf(context: CellContext, request: GenerateRequest, render: StoredRender | null): Fingerprint {
  const { loaded, runVariant } = context
  const { sizeBytes, acceleratorBytes } = loaded
  return {
    engine: engineAt(runVariant.variant.engine, runVariant.variant.endpoint),
    engineVersion: loaded.engineVersion,
    variantDigest: loaded.digest,
    templateHash: render?.templateHash ?? 'engine',
    contextTokens: loaded.contextTokens ?? request.load.contextTokens,
    batchTokens: loaded.batchTokens,
    threads: loaded.threads,
    offloaded: sizeBytes === null || acceleratorBytes === null || sizeBytes === 0 ? null : acceleratorBytes / sizeBytes,
    mode: request.input.mode,
    sampling: JSON.stringify(request.sampling),
    assayVersion: context.assayVersion,
  }
}
