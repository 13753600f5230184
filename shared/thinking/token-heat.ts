import type { TokenRecord } from '../domain/trace.ts'

export const heatScales = ['probability', 'entropy'] as const
export type HeatScale = (typeof heatScales)[number]

/** Lower bounds of the steps 1 to 5: of 1 - p for probability, of bits for entropy. */
const bounds: Readonly<Record<HeatScale, readonly number[]>> = {
  probability: [0.05, 0.2, 0.4, 0.6, 0.8],
  entropy: [0.25, 0.75, 1.25, 1.75, 2.5],
}

/** Probability of what was written, 0 to 1; null where the engine gave none. */
export const tokenProbability = ({ logprob }: Pick<TokenRecord, 'logprob'>): number | null =>
  logprob === null ? null : Math.min(1, Math.exp(logprob))

/**
 * Shannon entropy of the next token in bits, as far as it is known: everything beyond the stored alternatives counts as one more
 * outcome, so the true value is at least this. Null where there is no log-probability or no alternative.
 */
export function tokenEntropyBits(token: TokenRecord): number | null {
  if (token.logprob === null || token.alternatives.length === 0) return null
  const known = token.alternatives.map(({ logprob }) => (logprob === null ? 0 : Math.exp(logprob)))
  if (!token.alternatives.some(({ text, id }) => text === token.text && id === token.id)) {
    known.push(Math.exp(token.logprob))
  }
  const rest = Math.max(0, 1 - known.reduce((sum, p) => sum + p, 0))
  return [...known, rest].reduce((bits, p) => (p > 0 ? bits - p * Math.log2(p) : bits), 0)
}

/** How unsure the model was of a token: 0 sure to 5; null where nothing is known. */
export function heatStep(token: TokenRecord, scale: HeatScale): number | null {
  const p = tokenProbability(token)
  const value = scale === 'entropy' ? tokenEntropyBits(token) : p === null ? null : 1 - p
  return value === null ? null : bounds[scale].filter((bound) => value >= bound).length
}
