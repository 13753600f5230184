import type { FitVerdict, MemoryFit, ModelGeometry } from '#shared/domain/variant.ts'

export interface FitQuestion {
  /** Size of all tensors, near enough the file's. */
  readonly weightsBytes: number
  readonly geometry: ModelGeometry | null
  readonly contextTokens: number
  /** The context the model was trained for. */
  readonly trainedTokens: number | null
  /** Null where it cannot be known, as on another machine. */
  readonly freeBytes: number | null
}

const mebibyte = 2 ** 20
/** Tokens that llama.cpp evaluates at once. */
const batchTokens = 512
/** Kept free for the system, and for what an accelerator's driver takes. */
const reserveBytes = 512 * mebibyte

/** Bytes of the key-value cache at 16 bits a value, for one sequence. */
export function kvCacheBytes({ layers, kvHeads, headSize }: ModelGeometry, contextTokens: number): number {
  return 2 * layers * kvHeads * headSize * 2 * contextTokens
}

/**
 * Compute buffers of llama.cpp with flash attention. They are reused from step to step, so the largest step counts:
 * one 32-bit logit a vocabulary entry and token of a batch (5 % more for what goes in and out), or, where the
 * vocabulary is tiny or the context huge, the layers with their 16-bit attention mask. One part in a hundred of the
 * weights is allowed for what accelerators add. Measured with llama.cpp v0.4.0 on five shapes; see the tests.
 */
function computeBytes({ vocabulary }: ModelGeometry, contextTokens: number, weightsBytes: number): number {
  const logits = 1.05 * 4 * vocabulary * batchTokens
  const layers = 6.5 * mebibyte + 2 * contextTokens * batchTokens
  return Math.round(Math.max(logits, layers) + 0.01 * weightsBytes)
}

/** What a variant needs at a context length, before it is loaded: weights + key-value cache + compute buffers. */
export function fitInMemory(question: FitQuestion): MemoryFit {
  const { weightsBytes, geometry, contextTokens, freeBytes } = question
  const kv = geometry === null ? 0 : kvCacheBytes(geometry, contextTokens)
  const compute = geometry === null ? 0 : computeBytes(geometry, contextTokens, weightsBytes)
  const totalBytes = weightsBytes + kv + compute
  return {
    contextTokens,
    weightsBytes,
    kvCacheBytes: kv,
    computeBytes: compute,
    totalBytes,
    freeBytes: freeBytes ?? 0,
    verdict: verdictOf(totalBytes, question),
    note: noteOf(question),
  }
}

function verdictOf(totalBytes: number, { geometry, freeBytes }: FitQuestion): FitVerdict {
  if (freeBytes === null) return 'unknown'
  if (totalBytes > freeBytes) return 'does-not-fit'
  if (geometry === null) return 'unknown'
  return totalBytes + reserveBytes > freeBytes ? 'tight' : 'fits'
}

function noteOf({ geometry, freeBytes, contextTokens, trainedTokens }: FitQuestion): string {
  if (freeBytes === null) return 'How much memory is free there is not known.'
  if (geometry === null) return 'The key-value cache is not counted: the model does not state its layers and heads.'
  const assumed = 'Assumes a 16-bit key-value cache and one sequence.'
  if (trainedTokens === null || contextTokens <= trainedTokens) return assumed
  return `${assumed} The model was trained for ${trainedTokens} tokens of context.`
}
