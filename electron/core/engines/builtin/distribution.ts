import type { PositionScore } from '#shared/domain/engine.ts'
import type { TokenAlternative } from '#shared/domain/trace.ts'

/**
 * The whole next-token distribution as node-llama-cpp gives it: the softmax of the raw logits, likeliest first.
 * It normalises in 32 bits, where a long tail is lost in the sum; `logTotal` puts that right.
 */
export type Distribution = ReadonlyMap<number, number>

/** The smallest probability that 32 bits hold, as a logarithm: what came back as 0 is at most this. */
export const leastLogprob = Math.log(2 ** -149)

function logTotal(distribution: Distribution): number {
  let sum = 0
  for (const probability of distribution.values()) sum += probability
  return Math.log(sum)
}

/** Log-probability of the token that was chosen, and the `count` likeliest tokens. Null: probability 0 in 32 bits. */
export function readChoice(
  distribution: Distribution,
  token: number,
  count: number,
  textOf: (token: number) => string,
): { readonly logprob: number | null; readonly alternatives: TokenAlternative[] } {
  const shift = logTotal(distribution)
  const toLogprob = (probability: number) => (probability > 0 ? Math.min(0, Math.log(probability) - shift) : null)
  const alternatives: TokenAlternative[] = []
  for (const [id, probability] of distribution) {
    if (alternatives.length >= count) break
    alternatives.push({ text: textOf(id), logprob: toLogprob(probability), id })
  }
  return { logprob: toLogprob(distribution.get(token) ?? 0), alternatives }
}

/** Scores of `token` under a distribution. `logprobs`: one entry a vocabulary entry, where wanted. */
export function scorePosition(
  distribution: Distribution,
  token: number,
  wantsAll: boolean,
): PositionScore & { readonly logprobs: Float32Array<ArrayBuffer> | null } {
  const shift = logTotal(distribution)
  const logprobs = wantsAll ? new Float32Array(distribution.size) : null
  let entropy = 0
  let topToken = -1
  let topLogprob = Number.NEGATIVE_INFINITY
  let logprob = leastLogprob
  for (const [id, probability] of distribution) {
    const value = probability > 0 ? Math.min(0, Math.log(probability) - shift) : leastLogprob
    if (probability > 0) entropy -= Math.exp(value) * value
    if (value > topLogprob) [topToken, topLogprob] = [id, value]
    if (id === token) logprob = value
    if (logprobs !== null && id < logprobs.length) logprobs[id] = value
  }
  return { token, logprob, entropy, topToken, topLogprob, logprobs }
}
