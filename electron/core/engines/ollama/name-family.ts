import { familyOfTag } from '#core/variants/family-name.ts'

/** A tag's family, and what to know about its name. */
export interface FamilyName {
  readonly family: string
  readonly notes: readonly string[]
}

/** Short tags of the library's deepseek-r1 that mean another model today than they did, by what they meant. */
const movedTag = /(?:^|\/)deepseek-r1(?::(?:8b|latest))?$/
const earlier = new Map([
  ['llama', '8b-llama-distill'],
  ['qwen2', '7b-qwen-distill'],
])

/**
 * Which family a tag belongs to. `deepseek-r1:8b` and `latest` are the 0528 distill of Qwen3 today and were the distills
 * of Llama and Qwen2 before: the architecture tells which of them was pulled.
 */
export function nameFamily(ref: string, architecture: string | null): FamilyName {
  if (!movedTag.test(ref)) return { family: familyOfTag(ref), notes: [] }
  const before = architecture === null ? undefined : earlier.get(architecture)
  if (before === undefined) {
    const note = `${ref} means 8b-0528-qwen3, a distill of Qwen3, not 8b-llama-distill.`
    return { family: familyOfTag(ref), notes: [note] }
  }
  const note = `${ref} was pulled when it meant ${before}; pulled again it becomes 8b-0528-qwen3, another model.`
  return { family: `deepseek-r1 ${before}`, notes: [note] }
}
