/** A tag's model, without its precision, and what to know about the name. */
export interface FamilyName {
  readonly family: string
  readonly notes: readonly string[]
}

const precisionSuffix =
  /(?:^|[-_.])(?:b?f16|fp16|b?f32|fp32|fp8[\w-]*|e[45]m[23][\w-]*|i?q\d(?:_[0-9a-z]+)*|int[48]|mxfp[48]|nvfp4)$/i

/**
 * Which family a tag belongs to: `deepseek-r1:7b-qwen-distill-q8_0` and `deepseek-r1:7b` are both
 * `deepseek-r1 7b-qwen-distill`, `specimen:q4_K_M` is `specimen`.
 */
export function nameFamily(ref: string, architecture: string | null): FamilyName {
  const plain = ref.replace(/^registry\.ollama\.ai\//, '').replace(/^library\//, '')
  const colon = plain.indexOf(':', plain.lastIndexOf('/') + 1)
  const model = (colon === -1 ? plain : plain.slice(0, colon)).replace(/-GGUF$/i, '')
  const tag = colon === -1 ? 'latest' : plain.slice(colon + 1)
  const size = tag.replace(precisionSuffix, '')
  const alias = model === 'deepseek-r1' ? r1Alias(size, architecture) : null
  const rest = alias?.size ?? (size === 'latest' ? '' : size)
  return {
    family: rest === '' ? model : `${model} ${rest}`,
    notes: alias?.note == null ? [] : [`${ref}: ${alias.note}`],
  }
}

/** Short tags of the library's deepseek-r1. Where a tag has moved, the architecture tells which model this one is. */
function r1Alias(
  size: string,
  architecture: string | null,
): { readonly size: string; readonly note: string | null } | null {
  const fixed: Readonly<Record<string, string>> = {
    '1.5b': '1.5b-qwen-distill',
    '7b': '7b-qwen-distill',
    '14b': '14b-qwen-distill',
    '32b': '32b-qwen-distill',
    '70b': '70b-llama-distill',
  }
  const known = fixed[size]
  if (known !== undefined) return { size: known, note: null }
  if (size !== '8b' && size !== 'latest') return null
  const moved: Readonly<Record<string, string>> = { llama: '8b-llama-distill', qwen2: '7b-qwen-distill' }
  const earlier = architecture === null ? undefined : moved[architecture]
  if (earlier !== undefined) {
    return { size: earlier, note: `an earlier pull, ${earlier}; pulled again it becomes 8b-0528-qwen3, another model.` }
  }
  return { size: '8b-0528-qwen3', note: 'this tag means 8b-0528-qwen3, a Qwen3 distill, not 8b-llama-distill.' }
}
