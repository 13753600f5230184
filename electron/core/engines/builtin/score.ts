import type { ControlledEvaluateInputItem, Token } from 'node-llama-cpp'
import { LabError } from '#shared/domain/error.ts'
import { scorePosition } from './distribution.ts'
import type { Slot } from './model-host.ts'
import type { Score, ScoreJob } from './protocol.ts'
import { tokenize, tokenizePrompt } from './tokenize-prompt.ts'

/** Positions read at once: few enough that a message with their distributions stays within some 20 MB. */
const windowFor = (vocabulary: number): number => Math.max(32, Math.min(256, Math.floor(5e6 / vocabulary)))

/**
 * Scores of every token of a continuation, in order, a window at a time. The reader is waited for between windows.
 * Distributions are reduced as they come; only what `Score` holds stays.
 */
export async function score(
  { model, context, sequence, contextTokens }: Slot,
  job: ScoreJob,
  signal: AbortSignal,
  onWindow: (scores: readonly Score[]) => Promise<void>,
): Promise<void> {
  const prompt = tokenizePrompt(model, job.prompt)
  const continuation = tokenize(model, job.continuation)
  const vocabulary = model.fileInfo.metadata.tokenizer.ggml.tokens.length
  checkTokens(vocabulary, [...prompt, ...continuation])
  checkLength(prompt.length, continuation.length, contextTokens)
  if (continuation.length === 0) return
  await sequence.clearHistory()
  // A position's scores come from the token before it.
  const givens = [...prompt.slice(-1), ...continuation.slice(0, -1)]
  const head = prompt.slice(0, -1)
  const windowPositions = windowFor(vocabulary)
  for (let at = 0; at < head.length && !signal.aborted; at += context.batchSize) {
    await sequence.evaluateWithoutGeneratingNewTokens(head.slice(at, at + context.batchSize))
  }
  for (let at = 0; at < givens.length && !signal.aborted; at += windowPositions) {
    const scores: Score[] = []
    const input = givens
      .slice(at, at + windowPositions)
      .map((token): ControlledEvaluateInputItem => [token, { generateNext: { probabilities: true } }])
    await sequence.controlledEvaluate(input, {
      onTokenResult(index, { next }) {
        const token = continuation[at + index]
        if (token === undefined || next.probabilities === undefined) return
        scores[index] = scorePosition(next.probabilities, token, job.distribution)
        // The library keeps every result until the window is read; an empty one costs nothing.
        next.probabilities.clear()
      },
    })
    await onWindow(scores)
  }
}

function checkTokens(vocabulary: number, tokens: readonly Token[]): void {
  const alien = tokens.find((token) => !Number.isInteger(token) || token < 0 || token >= vocabulary)
  if (alien === undefined) return
  throw new LabError('BAD_REQUEST', `Token ${alien} is not in this model's vocabulary of ${vocabulary}.`, {
    hint: 'Score with the tokens of the same tokenizer.',
  })
}

function checkLength(promptTokens: number, continuationTokens: number, contextTokens: number): void {
  if (promptTokens === 0) {
    throw new LabError('BAD_REQUEST', 'There is nothing before the text that is to be scored.', {
      hint: 'Give a prompt of at least one token.',
    })
  }
  // The last token of the continuation is predicted, not read.
  const needed = promptTokens + continuationTokens
  if (needed <= contextTokens) return
  throw new LabError(
    'PROMPT_TOO_LONG',
    `Prompt and continuation have ${promptTokens} + ${continuationTokens} tokens, the context holds ${contextTokens}.`,
    {
      hint: 'Use a larger context or score a shorter text.',
      data: { promptTokens, continuationTokens, contextTokens },
    },
  )
}
