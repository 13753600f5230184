import type { Digest, EndpointId, VariantId } from './ids.ts'
import type { Precision } from './precision.ts'

export type EngineKind = 'ollama' | 'builtin' | 'openai'

/** One runnable file or tag of a family at one precision, pinned by digest. */
export interface Variant {
  readonly id: VariantId
  readonly endpoint: EndpointId
  readonly engine: EngineKind
  /** How the engine addresses it: a path or a tag. */
  readonly ref: string
  /** Of a file's path, the end that tells it from the family's other files: `q4.gguf`, `old/q4.gguf`. */
  readonly shortRef?: string
  /** What people read: `specimen Q8_0`, `deepseek-r1:7b-qwen-distill-q4_K_M`. */
  readonly name: string
  /** One model in all its precisions; how it is known, the lab's `families.ts` says. */
  readonly family: string
  /** What tells the family. Absent in runs stored before this was kept. */
  readonly familyBy?: FamilyBasis
  /** Architecture and dimensions: no precision changes them, so that one family has one shape. Null where not shown. */
  readonly shape?: string | null
  /** What Assay made it from; absent where Assay did not make it. */
  readonly madeFrom?: VariantId
  readonly precision: Precision
  /** What pins it: SHA-256 of the file, or Ollama's manifest digest. */
  readonly digest: Digest
  /** SHA-256 of the weights file itself. Equal on two engines means equal weights. Null where not known. */
  readonly weightsDigest: Digest | null
  readonly sizeBytes: number
  readonly parameters: number | null
  readonly architecture: string | null
  /** The context the model was trained for, tokens. */
  readonly contextTokens: number | null
  /** As the engine states them, for example `completion`, `thinking`, `tools`. */
  readonly capabilities: readonly string[]
  readonly loaded: boolean
  /** What to know before trusting it, in words: a label that disagrees with the tensors, for instance. */
  readonly notes: readonly string[]
}

/**
 * What tells a variant's family, the surest first: Assay made it from one of the family or one of the family from it;
 * it, or another of its name, has the weights of one; the header of its file names the model; or nothing but its own name says so.
 */
export type FamilyBasis = 'made' | 'weights' | 'header' | 'name'

/** One tensor as the file or the engine describes it. */
export interface TensorInfo {
  readonly name: string
  /** ggml type name, upper case: `F16`, `Q4_K`, `Q6_K`. */
  readonly type: string
  /** ggml order: the first is the contiguous one. */
  readonly shape: readonly number[]
}

/** What is known of a variant beyond its row in a list. */
export interface VariantDetails {
  readonly variant: Variant
  readonly tensors: readonly TensorInfo[]
  /** The chat template the engine would use, or null where it has none. */
  readonly template: string | null
  readonly templateLanguage: 'go' | 'jinja' | null
  /** Sampling parameters and stops that the tag or file carries, as text by name. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
  readonly geometry: ModelGeometry | null
}

/** What the key-value cache costs is computed from this. */
export interface ModelGeometry {
  readonly layers: number
  readonly kvHeads: number
  readonly headSize: number
  readonly vocabulary: number
}

/** Equal weights: one row of a family, wherever they can be run. */
export interface FamilyRow {
  readonly precision: Precision
  /** The files and tags with these weights. The first is taken where the row itself is chosen. */
  readonly places: readonly [Variant, ...Variant[]]
  /** Why the family has another row of this precision; null where it has none. */
  readonly distinction: string | null
}

/** A model with all its variants, one row a precision, finest first. */
export interface Family {
  readonly name: string
  readonly rows: readonly FamilyRow[]
}

export type FitVerdict = 'fits' | 'tight' | 'does-not-fit' | 'unknown'

/** What a variant needs in memory at a context length, before it is loaded. All sizes in bytes. */
export interface MemoryFit {
  readonly contextTokens: number
  readonly weightsBytes: number
  readonly kvCacheBytes: number
  readonly computeBytes: number
  readonly totalBytes: number
  readonly freeBytes: number
  readonly verdict: FitVerdict
  /** Why the verdict is `unknown`, or what was assumed. */
  readonly note: string | null
}

/** One precision of a catalogue entry. */
export interface CatalogueTag {
  readonly tag: string
  readonly precision: string
  readonly sizeBytes: number
}

/** One R1 distill that can be pulled, with what it costs at each precision. */
export interface CatalogueEntry {
  readonly family: string
  readonly title: string
  readonly parameters: number
  readonly geometry: ModelGeometry
  readonly contextTokens: number
  readonly tags: readonly CatalogueTag[]
  /** What to know: which short tags point here, for example. */
  readonly note: string | null
}
