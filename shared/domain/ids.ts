/**
 * A value of type `T` that cannot be confused with another `T`: the tag exists only for the compiler.
 * Tags are keys, so that a branded type can be branded again.
 */
export type Branded<T, Tag extends string> = T & { readonly __brand: { readonly [K in Tag]: true } }

/** A run's number in its store: 1, 2, 3 … It is what people type (`assay show 17`). */
export type RunId = Branded<number, 'RunId'>
/** A cell's row number in its store. Stable for the life of the store; use the key across stores. */
export type CellId = Branded<number, 'CellId'>
/** `run/variant/suite/prompt@content/arm/sample`: names one generation of a run for ever. See `cellKey`. */
export type CellKey = Branded<string, 'CellKey'>
/** `sha256:` and 64 lower-case hex digits. */
export type Digest = Branded<string, 'Digest'>
/** Where an engine is reached: `builtin`, `ollama`, or the name the user gave an endpoint. */
export type EndpointId = Branded<string, 'EndpointId'>
/** `endpoint:ref`, for example `ollama:deepseek-r1:7b` or `builtin:/models/a.gguf`. */
export type VariantId = Branded<string, 'VariantId'>
/** SHA-256 of a suite's canonical form, as a digest. */
export type SuiteHash = Branded<Digest, 'SuiteHash'>

export const runId = (value: number): RunId => value as RunId
export const cellId = (value: number): CellId => value as CellId
export const endpointId = (value: string): EndpointId => value as EndpointId
export const variantId = (endpoint: EndpointId, ref: string): VariantId => `${endpoint}:${ref}` as VariantId

const DIGEST = /^sha256:[0-9a-f]{64}$/

/**
 * Accepts `sha256:…` and the bare 64 hex digits that Ollama prints.
 * @throws RangeError for anything else
 */
export function digest(text: string): Digest {
  const full = text.startsWith('sha256:') ? text : `sha256:${text}`
  const lower = full.toLowerCase()
  if (!DIGEST.test(lower)) throw new RangeError(`not a SHA-256 digest: ${text}`)
  return lower as Digest
}

/** First 12 hex digits: how a digest is shown to people. */
export const shortDigest = (full: Digest): string => full.slice(7, 19)

/** Splits a variant id at its first colon. A ref may hold further colons. */
export function splitVariantId(id: VariantId): { readonly endpoint: EndpointId; readonly ref: string } {
  const at = id.indexOf(':')
  if (at < 1) throw new RangeError(`not a variant id: ${id}`)
  return { endpoint: endpointId(id.slice(0, at)), ref: id.slice(at + 1) }
}

/** The parts that make a cell what it is. Two cells with equal parts are the same cell. */
export interface CellIdentity {
  readonly run: RunId
  readonly variantDigest: Digest
  /** True for the second pass of the reference (noise floor), which shares its digest. */
  readonly repeat: boolean
  readonly suite: string
  readonly promptId: string
  /** Digest of the prompt's text, grader and settings: an edited prompt is another prompt. */
  readonly contentHash: Digest
  readonly arm: string
  readonly sample: number
}

export function cellKey(id: CellIdentity): CellKey {
  const prompt = `${encodeURIComponent(id.suite)}/${encodeURIComponent(id.promptId)}@${shortDigest(id.contentHash)}`
  return `${id.run}/${shortDigest(id.variantDigest)}${id.repeat ? '+repeat' : ''}/${prompt}/${id.arm}/${id.sample}` as CellKey
}
