import { gguf, GGMLFileQuantizationType, type GGUFParseOutput } from '@huggingface/gguf'
import { open, type FileHandle } from 'node:fs/promises'
import { LabError } from '#shared/domain/error.ts'
import type { Precision } from '#shared/domain/precision.ts'
import type { ModelGeometry, TensorInfo } from '#shared/domain/variant.ts'
import { checkPreamble, checkTensors, ggufInvalid } from './check-header.ts'
import { namePrecision, simulatedKey } from './name-precision.ts'

/** A value of a GGUF's metadata. Integers beyond 2^53 stay bigint. */
export type MetadataValue = string | number | bigint | boolean | readonly MetadataValue[]

/** A tensor with its place in the file, bytes from the file's start. */
export interface GgufTensor extends TensorInfo {
  readonly offset: number
  readonly sizeBytes: number
}

/** What a GGUF header says, checked against the file it stands in. */
export interface GgufFile {
  readonly path: string
  readonly sizeBytes: number
  readonly architecture: string
  readonly name: string | null
  /** Number of weights, counted from the tensors. */
  readonly parameters: number
  readonly contextTokens: number | null
  /** Null where the header lacks what the key-value cache's size is computed from. */
  readonly geometry: ModelGeometry | null
  /** As the tensors show it; see `namePrecision`. */
  readonly precision: Precision
  readonly notes: readonly string[]
  readonly tensors: readonly GgufTensor[]
  readonly metadata: Readonly<Record<string, MetadataValue>>
  /** Jinja. */
  readonly chatTemplate: string | null
  /** `general.file_type` by name, `Q4_K_M`: what the file's maker says. */
  readonly fileType: string | null
  /** Files a model is split into; 1 for a whole one. */
  readonly parts: number
  readonly alignment: number
  /** Bytes [start, end) of the tensor list, before the padding. Metadata ends where it starts. */
  readonly tensorInfoRange: readonly [number, number]
  readonly tensorDataOffset: number
}

/**
 * Reads and checks a GGUF header; reads no weights. Memory and time are bounded whatever the file holds.
 * @throws LabError MODEL_NOT_FOUND where there is no such file, GGUF_INVALID saying what is wrong with it
 */
export async function readGguf(path: string, signal?: AbortSignal): Promise<GgufFile> {
  signal?.throwIfAborted()
  const handle = await openFile(path)
  try {
    const { size, isFile } = await handle.stat().then((s) => ({ size: s.size, isFile: s.isFile() }))
    if (!isFile) throw ggufInvalid(path, 'it is not a file')
    await checkPreamble(handle, path, size)
    const parsed = await parseHeader(handle, { path, sizeBytes: size }, signal)
    return describe(path, size, parsed)
  } finally {
    await handle.close()
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'There is no file' : `${code ?? 'An error'}: the file cannot be opened:`
    throw new LabError('MODEL_NOT_FOUND', `${reason} ${path}.`, { cause, hint: 'Check the path and its permissions.' })
  }
}

/** The library would read zeros past the end of a local file; through its fetch door we say where the end is. */
async function parseHeader(
  handle: FileHandle,
  { path, sizeBytes }: { readonly path: string; readonly sizeBytes: number },
  signal: AbortSignal | undefined,
): Promise<GGUFParseOutput> {
  const readRange = async (_uri: unknown, init?: RequestInit): Promise<Response> => {
    signal?.throwIfAborted()
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get('range') ?? '') ?? []
    const start = Number(from)
    if (start >= sizeBytes) throw ggufInvalid(path, 'its header runs past the end of the file')
    const buffer = Buffer.alloc(Math.min(Number(to) + 1, sizeBytes) - start)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start)
    return new Response(buffer.subarray(0, bytesRead))
  }
  try {
    // A name that no resolver knows: only readRange is ever asked.
    return await gguf('https://file.invalid/', { fetch: readRange as typeof fetch })
  } catch (cause) {
    if (cause instanceof LabError || signal?.aborted === true) throw cause
    throw ggufInvalid(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function describe(path: string, sizeBytes: number, parsed: GGUFParseOutput): GgufFile {
  const metadata = plainMetadata(parsed.metadata)
  const tensors = checkTensors(path, sizeBytes, parsed)
  const architecture = metadata['general.architecture']
  if (typeof architecture !== 'string') throw ggufInvalid(path, 'it does not name an architecture')
  const fileType = fileTypeName(metadata['general.file_type'])
  const simulated = text(metadata[simulatedKey])
  const { precision, notes } = namePrecision({ tensors, label: fileType, simulated })
  return {
    path,
    sizeBytes,
    architecture,
    name: text(metadata['general.name']),
    parameters: tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    contextTokens: positive(metadata[`${architecture}.context_length`]),
    geometry: geometryOf(metadata, architecture),
    precision,
    notes: precision.simulated ? [...notes, simulationNote(metadata)] : notes,
    tensors,
    metadata,
    chatTemplate: text(metadata['tokenizer.chat_template']),
    fileType,
    parts: positive(metadata['split.count']) ?? 1,
    alignment: positive(metadata['general.alignment']) ?? 32,
    tensorInfoRange: parsed.tensorInfoByteRange,
    tensorDataOffset: Number(parsed.tensorDataOffset),
  }
}

function simulationNote(metadata: Readonly<Record<string, MetadataValue>>): string {
  const scale = text(metadata['assay.simulated_scale'])
  const each = { block: 'block of 128 × 128', channel: 'row', tensor: 'tensor' }[scale ?? ''] ?? 'group'
  const from = text(metadata['assay.simulated_from']) ?? 'a wider format'
  return `Only the layers' weights are rounded, from ${from}, one scale a ${each}; activations are not.`
}

/** Own entries only: a key such as `__proto__` must not change what a lookup finds. */
function plainMetadata(source: object): Record<string, MetadataValue> {
  const plain = Object.create(null) as Record<string, MetadataValue>
  for (const [key, value] of Object.entries(source) as [string, MetadataValue][]) {
    if (['version', 'tensor_count', 'kv_count'].includes(key)) continue
    const small = typeof value === 'bigint' && value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
    plain[key] = small ? Number(value) : value
  }
  return plain
}

/** Key and value heads may differ in size and from layer to layer: the means keep the cache's total exact. */
function geometryOf(metadata: Readonly<Record<string, MetadataValue>>, architecture: string): ModelGeometry | null {
  const at = (key: string) => metadata[`${architecture}.${key}`]
  const layers = positive(at('block_count'))
  const heads = mean(at('attention.head_count'))
  const kvHeads = mean(at('attention.head_count_kv')) ?? heads
  const embedding = positive(at('embedding_length'))
  const split = embedding !== null && heads !== null ? embedding / heads : null
  const keySize = positive(at('attention.key_length')) ?? split
  const valueSize = positive(at('attention.value_length')) ?? split
  const tokens = metadata['tokenizer.ggml.tokens']
  const vocabulary = Array.isArray(tokens) ? tokens.length : positive(at('vocab_size'))
  if (layers === null || kvHeads === null || keySize === null || valueSize === null || !vocabulary) return null
  return { layers, kvHeads, headSize: (keySize + valueSize) / 2, vocabulary }
}

function mean(value: MetadataValue | undefined): number | null {
  if (!Array.isArray(value)) return positive(value)
  const numbers = value.filter((item): item is number => typeof item === 'number' && item >= 0)
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0) / numbers.length
}

const positive = (value: MetadataValue | undefined): number | null =>
  typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : null

const text = (value: MetadataValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** Bit 10 marks a type that llama.cpp guessed. */
function fileTypeName(value: MetadataValue | undefined): string | null {
  if (typeof value !== 'number' || !Number.isInteger(value)) return null
  return GGMLFileQuantizationType[value & ~1024] ?? null
}
