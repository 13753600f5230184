import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from 'node-llama-cpp'
import { LabError } from '#shared/domain/error.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { readChoice, type Distribution } from './distribution.ts'
import type { Slot } from './model-host.ts'
import { createPieceMaker, type PlainPiece } from './piece-maker.ts'
import type { GenerateJob, GenerationEnd } from './protocol.ts'
import { createStopFilter } from './stop-filter.ts'
import { tokenizePrompt } from './tokenize-prompt.ts'

/** llama.cpp's own window of the repeat penalty. */
const penaltyWindow = 64

interface Step {
  readonly token: Token
  readonly distribution: Distribution | null
}

/**
 * One generation in a slot, from an empty context, so that nothing that ran before can change it.
 * `onPiece` gets every piece of text once it is certain. Aborting ends it as `cancelled` after the token at work.
 */
export async function generate(
  slot: Slot,
  job: GenerateJob,
  signal: AbortSignal,
  onPiece: (piece: PlainPiece) => void,
): Promise<GenerationEnd> {
  const startMs = performance.now()
  const prompt = tokenizePrompt(slot.model, job.prompt)
  const room = slot.contextTokens - 1
  checkPrompt(prompt.length, room)
  const output = openOutput(slot, job, prompt, onPiece)
  let firstMs: number | null = null
  let outputTokens = 0
  let reason: GenerationEnd['reason'] = job.maxTokens > 0 ? 'stop' : 'length'
  if (job.maxTokens > 0) {
    for await (const step of steps(slot, job, prompt, signal)) {
      if (signal.aborted) break
      firstMs ??= performance.now()
      outputTokens += 1
      if (slot.model.isEogToken(step.token) || output.push(step)) break
      // Beyond this the context would have to drop its beginning.
      if (outputTokens >= job.maxTokens || slot.sequence.nextTokenIndex >= room) {
        reason = 'length'
        break
      }
    }
  }
  output.flush()
  if (signal.aborted) reason = 'cancelled'
  return {
    reason,
    promptTokens: prompt.length,
    outputTokens,
    promptMs: firstMs === null ? null : firstMs - startMs,
    generateMs: firstMs === null ? null : performance.now() - firstMs,
  }
}

function checkPrompt(promptTokens: number, room: number): void {
  if (promptTokens === 0) {
    throw new LabError('BAD_REQUEST', 'The prompt is empty.', { hint: 'Give the model at least one character.' })
  }
  if (promptTokens <= room) return
  const contextTokens = room + 1
  throw new LabError(
    'PROMPT_TOO_LONG',
    `The prompt has ${promptTokens} tokens; a context of ${contextTokens} holds ${room} and one of the answer.`,
    { hint: 'Use a larger context or a shorter prompt.', data: { promptTokens, contextTokens } },
  )
}

/** From tokens to pieces; `push` says whether a stop string was reached. */
function openOutput(
  { texts }: Slot,
  { stop, alternatives }: GenerateJob,
  prompt: readonly Token[],
  onPiece: (piece: PlainPiece) => void,
): { readonly push: (step: Step) => boolean; readonly flush: () => void } {
  const maker = createPieceMaker(texts.many, prompt)
  const filter = createStopFilter(stop)
  let stopped = false
  const accept = (piece: PlainPiece | null): void => {
    if (piece === null || stopped) return
    const found = filter.push(piece)
    stopped = found.stopped
    found.pieces.forEach(onPiece)
  }
  return {
    push({ token, distribution }) {
      accept(
        maker.push(token, distribution === null ? null : recordOf(token, distribution, alternatives ?? 0, texts.one)),
      )
      return stopped
    },
    flush() {
      accept(maker.flush())
      if (!stopped) filter.flush().forEach(onPiece)
    },
  }
}

function recordOf(
  token: Token,
  distribution: Distribution,
  count: number,
  textOf: (id: number) => string,
): TokenRecord {
  return { text: textOf(token), id: token, ...readChoice(distribution, token, count, textOf) }
}

/** Tokens one by one, the token that ends it included, with the raw distribution each was taken from where wanted. */
async function* steps(
  { model, context, sequence }: Slot,
  { sampling, seed, alternatives }: GenerateJob,
  prompt: Token[],
  signal: AbortSignal,
): AsyncGenerator<Step, void, void> {
  await sequence.clearHistory()
  // The sampler is given a distribution of its own making, so the raw one needs a second look at the same token.
  const reshaped = sampling.temperature > 0 || sampling.repeatPenalty !== 1
  const rest = await readHead({ sequence, prompt, batchTokens: context.batchSize, lastAlone: reshaped, signal })
  if (rest === null) return
  const history = prompt.slice(-penaltyWindow)
  const options: SequenceEvaluateOptions = {
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: sampling.topK,
    minP: sampling.minP,
    seed: seed >>> 0,
    yieldEogToken: true,
    ...(sampling.repeatPenalty === 1
      ? {}
      : { repeatPenalty: { penalty: sampling.repeatPenalty, punishTokens: () => history.slice(-penaltyWindow) } }),
  }
  if (alternatives !== null && !reshaped) {
    const tokens = sequence.evaluateWithMetadata(rest, { probabilities: true }, options)
    for await (const { token, probabilities } of tokens) yield { token, distribution: probabilities }
    return
  }
  let previous = rest.at(-1)
  for await (const token of sequence.evaluate(rest, options)) {
    const wanted = alternatives !== null && previous !== undefined && !model.isEogToken(token)
    yield { token, distribution: wanted ? await lookAgain(sequence, previous as Token) : null }
    history.push(token)
    previous = token
  }
}

/**
 * Reads all of the prompt but its last part, batch by batch, so that aborting is noticed between batches.
 * Null when aborted. `lastAlone`: the last part is the last token, as `lookAgain` evaluates it, so that asking for
 * log-probabilities cannot change a sampled text.
 */
async function readHead(read: {
  readonly sequence: LlamaContextSequence
  readonly prompt: readonly Token[]
  readonly batchTokens: number
  readonly lastAlone: boolean
  readonly signal: AbortSignal
}): Promise<Token[] | null> {
  const { sequence, prompt, batchTokens, lastAlone, signal } = read
  let rest = prompt.slice()
  while (rest.length > batchTokens || (lastAlone && rest.length > 1)) {
    if (signal.aborted) return null
    const take = Math.min(batchTokens, lastAlone ? rest.length - 1 : rest.length)
    await sequence.evaluateWithoutGeneratingNewTokens(rest.slice(0, take))
    rest = rest.slice(take)
  }
  return signal.aborted ? null : rest
}

/** The raw distribution after the last token that was read: takes it back and reads it once more, without sampling. */
async function lookAgain(sequence: LlamaContextSequence, last: Token): Promise<Distribution | null> {
  const end = sequence.nextTokenIndex
  await sequence.eraseContextTokenRanges([{ start: end - 1, end }])
  const [output] = await sequence.controlledEvaluate([[last, { generateNext: { probabilities: true } }]])
  return output?.next.probabilities ?? null
}
