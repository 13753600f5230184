import type { ModelGeometry, TensorInfo } from '#shared/domain/variant.ts'
import { knownDistill } from './family-name.ts'

/** A header's entry by its key, as a file or Ollama's /api/show gives it; anything but text is passed over. */
export type HeaderValue = (key: string) => unknown

/** What a converter writes where it did not know what it converted: the names of folders and of steps. */
const empty =
  /^(?:model|models|merged?|checkpoint|ckpt|output|out|final|hf|gguf|main|snapshots?|unnamed|unknown|temp|tmp|export|weights|[0-9a-f]{7,64})$/

/**
 * The model that a GGUF header names: base name, size, fine-tune and version, `qwen2.5-7b-instruct`, as GGUF's own
 * naming convention puts them together. Null where the header has no base name, or one that says nothing.
 * Ollama leaves `general.name` out of what it shows, so that entry decides nothing here.
 */
export function headerFamily(value: HeaderValue): string | null {
  const text = (key: string) => plain(value(`general.${key}`))
  const base = text('basename')
  if (base === null || empty.test(base.replace(/-?\d+$/, ''))) return null
  const parts = [text('size_label'), text('finetune'), text('version')].filter((part) => part !== null)
  const name = parts.reduce((whole, part) => (holds(whole, part) ? whole : `${whole}-${part}`), base)
  return knownDistill(name) ?? name
}

/**
 * Architecture and dimensions in one line, the same for every precision and from either engine. Null where the header
 * does not tell them all.
 */
export function modelShape(
  architecture: string | null,
  geometry: ModelGeometry | null,
  tensors: readonly TensorInfo[],
): string | null {
  const embedding = tensors.find(({ name }) => name === 'token_embd.weight')?.shape[0]
  if (architecture === null || geometry === null || embedding === undefined) return null
  const { layers, kvHeads, headSize, vocabulary } = geometry
  return `${architecture}, ${layers} layers of ${embedding}, ${kvHeads} KV heads of ${headSize}, vocabulary ${vocabulary}`
}

/** Some headers repeat the size in the base name: `Deepseek-R1-0528-Qwen3-8B`, 8B. */
const holds = (name: string, part: string): boolean => `-${name}-`.includes(`-${part}-`)

function plain(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_/\\]+/g, '-')
  return text === '' ? null : text
}
