import { namePrecision, type NamedPrecision } from '#core/gguf/name-precision.ts'
import { headerFamily, modelShape } from '#core/variants/model-header.ts'
import { LabError } from '#shared/domain/error.ts'
import { digest, variantId, type Digest, type EndpointId } from '#shared/domain/ids.ts'
import type { ModelGeometry, TensorInfo, Variant, VariantDetails } from '#shared/domain/variant.ts'
import { nameFamily } from './name-family.ts'
import { findWeights, parseParameters } from './parse-modelfile.ts'
import type { ShowReply, TagEntry } from './replies.ts'

/** What `show` says of a model, in the lab's words. It depends on nothing but the model's digest. */
export interface ModelFacts {
  readonly tensors: readonly TensorInfo[]
  readonly template: string | null
  readonly templateLanguage: 'go' | 'jinja' | null
  readonly parameters: Readonly<Record<string, readonly string[]>>
  readonly geometry: ModelGeometry | null
  readonly architecture: string | null
  /** The model that the header names, or null. */
  readonly headerFamily: string | null
  readonly contextTokens: number | null
  readonly capabilities: readonly string[]
  readonly weights: { readonly path: string; readonly digest: Digest } | null
  readonly isR1: boolean
  readonly label: string | null
  readonly simulated: string | null
}

export function readFacts(ref: string, show: ShowReply): ModelFacts {
  const info = show.model_info
  const architecture = text(info['general.architecture'])
  const tensors = show.tensors.map(({ name, type, shape }) => ({ name, type: type.toUpperCase(), shape }))
  return {
    tensors,
    ...readTemplate(show.template),
    parameters: parseParameters(show.parameters),
    geometry: readGeometry(info, architecture, tensors),
    architecture,
    headerFamily: headerFamily((key) => info[key]),
    contextTokens: positive(info[`${architecture}.context_length`]),
    capabilities: show.capabilities,
    weights: findWeights(show.modelfile),
    isR1: looksLikeR1(ref, show),
    label: show.details.quantization_level || null,
    simulated: text(info['assay.simulated']),
  }
}

/** `{{ .Prompt }}` alone is what older servers write for a model without a template. */
function readTemplate(template: string): Pick<ModelFacts, 'template' | 'templateLanguage'> {
  if (/^\s*(\{\{-?\s*\.Prompt\s*-?\}\})?\s*$/.test(template)) return { template: null, templateLanguage: null }
  return { template, templateLanguage: /\{%|bos_token/.test(template) ? 'jinja' : 'go' }
}

function looksLikeR1(ref: string, show: ShowReply): boolean {
  const names = [ref, text(show.model_info['general.basename']), text(show.model_info['general.name'])]
  return (
    show.template.includes('<｜User｜>') ||
    (text(show.model_info['tokenizer.ggml.pre'])?.startsWith('deepseek-r1') ?? false) ||
    names.some((name) => name !== null && /deepseek[-_ ]?r1/i.test(name))
  )
}

function readGeometry(
  info: Readonly<Record<string, unknown>>,
  architecture: string | null,
  tensors: readonly TensorInfo[],
): ModelGeometry | null {
  const at = (key: string) => positive(info[`${architecture}.${key}`])
  const layers = at('block_count')
  const heads = at('attention.head_count')
  const embedding = at('embedding_length')
  const split = heads === null || embedding === null ? null : embedding / heads
  const keySize = at('attention.key_length') ?? split
  const valueSize = at('attention.value_length') ?? split
  // A list, one number a layer, comes as null: then the cache's size is not known.
  const kvHeads = `${architecture}.attention.head_count_kv` in info ? at('attention.head_count_kv') : heads
  const vocabulary = tensors.find(({ name }) => name === 'token_embd.weight')?.shape[1] ?? at('vocab_size')
  if (layers === null || kvHeads === null || keySize === null || valueSize === null || vocabulary === null) return null
  return { layers, kvHeads, headSize: (keySize + valueSize) / 2, vocabulary }
}

/** What a row of the list shows of the facts, and all that is kept of them for long: the rest is a hundred times as large. */
export interface ModelSketch extends Pick<
  Variant,
  'shape' | 'parameters' | 'architecture' | 'contextTokens' | 'capabilities' | 'weightsDigest'
> {
  readonly named: NamedPrecision
  readonly headerFamily: string | null
}

export function sketchOf(facts: ModelFacts, tag: TagEntry): ModelSketch {
  const { tensors, architecture, contextTokens, capabilities, headerFamily: header, simulated } = facts
  const weights = tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  return {
    named: namePrecision({ tensors, label: facts.label ?? labelOf(tag), simulated }),
    headerFamily: header,
    shape: modelShape(architecture, facts.geometry, tensors),
    parameters: weights === 0 ? null : weights,
    architecture,
    contextTokens,
    capabilities,
    weightsDigest: facts.weights?.digest ?? null,
  }
}

/** What is known of a model that the server could not show. */
const unseen = (tag: TagEntry): ModelSketch => ({
  named: namePrecision({ tensors: [], label: labelOf(tag), simulated: null }),
  headerFamily: null,
  shape: null,
  parameters: null,
  architecture: null,
  contextTokens: null,
  capabilities: tag.capabilities,
  weightsDigest: null,
})

const labelOf = ({ details }: TagEntry): string | null => details.quantization_level || null

/** A row of the list. `sketch` is null where the server could not show the model. */
export function toVariant(
  endpoint: EndpointId,
  tag: TagEntry,
  options: { readonly sketch: ModelSketch | null; readonly loaded: boolean; readonly problem?: string },
): Variant {
  const { loaded, problem } = options
  const { named, headerFamily: header, ...seen } = options.sketch ?? unseen(tag)
  const { family, notes } = nameFamily(tag.name, seen.architecture)
  return {
    ...seen,
    id: variantId(endpoint, tag.name),
    endpoint,
    engine: 'ollama',
    ref: tag.name,
    name: tag.name,
    family: header ?? family,
    familyBy: header === null ? 'name' : 'header',
    precision: named.precision,
    digest: manifestDigest(tag),
    sizeBytes: tag.size,
    loaded,
    notes: [...notes, ...named.notes, ...(problem === undefined ? [] : [`It could not be looked into: ${problem}`])],
  }
}

export function toDetails(variant: Variant, facts: ModelFacts): VariantDetails {
  const { tensors, template, templateLanguage, parameters, geometry } = facts
  return { variant, tensors, template, templateLanguage, parameters, geometry }
}

export function manifestDigest({ name, digest: hex }: { readonly name: string; readonly digest: string }): Digest {
  try {
    return digest(hex)
  } catch (cause) {
    throw new LabError('ENGINE_FAILED', `Ollama gives ${name} a digest that is none.`, { cause })
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const positive = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null
