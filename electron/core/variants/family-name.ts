/** Precision as it ends a file name or a tag: `-Q4_K_M`, `.f16`, `-fp16`, `-UD-Q2_K_XL`, `-FP8-E4M3`. */
const precisionSuffix =
  /[-._: ](?:ud[-_])?(?:i?q\d(?:_[k01])?(?:_(?:xxs|xs|s|m|l|xl|nl))?|i?q\d_\d|tq\d_\d|mxfp4(?:_moe)?|b?f16|fp16|f32|fp32|fp8(?:[-_]e\dm\d)?|e\dm\d)(?:[-_ ]?\(?sim(?:ulated)?\)?)?$/i

/** What the short tags of the library's deepseek-r1 mean. The 8b is a Qwen3, not the Llama distill. */
const shortR1: Readonly<Record<string, string>> = {
  latest: '8b-0528-qwen3',
  '1.5b': '1.5b-qwen-distill',
  '7b': '7b-qwen-distill',
  '8b': '8b-0528-qwen3',
  '14b': '14b-qwen-distill',
  '32b': '32b-qwen-distill',
  '70b': '70b-llama-distill',
}

/** Family of an Ollama tag: `deepseek-r1:7b-qwen-distill-q4_K_M` is one of `deepseek-r1 7b-qwen-distill`. */
export function familyOfTag(tag: string): string {
  const short = tag.replace(/^registry\.ollama\.ai\//, '').replace(/^library\//, '')
  const colon = short.lastIndexOf(':')
  const model = colon === -1 ? short : short.slice(0, colon)
  const version = colon === -1 ? 'latest' : short.slice(colon + 1)
  if (/^(?:hf\.co|huggingface\.co)\//i.test(model)) return familyOfFile(`${model.split('/').at(-1) ?? model}`, null)
  if (model === 'deepseek-r1') {
    const meant = shortR1[version]
    if (meant !== undefined) return `deepseek-r1 ${meant}`
  }
  const rest = ` ${version}`.replace(precisionSuffix, '').trim()
  const family = rest === '' || rest === 'latest' ? model : `${model} ${rest}`
  return knownDistill(family.replace(precisionSuffix, '')) ?? family.replace(precisionSuffix, '').toLowerCase()
}

/** The specimen says so in its header's `general.name`. */
export const isSpecimen = (nameInside: string | null): boolean =>
  nameInside !== null && /^assay specimen\b/i.test(nameInside)

/** Family of a GGUF file, from its file name, or from the name inside where the file's says nothing. */
export function familyOfFile(fileName: string, nameInside: string | null): string {
  if (isSpecimen(nameInside)) return 'specimen'
  const stem = fileName.replace(/\.gguf$/i, '').replace(/[-_.]gguf$/i, '')
  // A blob of Ollama's store is named by its digest.
  const isDigest = /^sha256[-:][0-9a-f]{64}$/.test(stem)
  const name = isDigest ? (nameInside ?? stem) : stem
  const bare = name.replace(precisionSuffix, '')
  return knownDistill(bare) ?? bare.toLowerCase()
}

/**
 * The R1 distills under the name that the catalogue gives them, however their files are called. The whole name has to be
 * theirs: `DeepSeek-R1-Distill-Qwen-7B-abliterated` is another model. Null for any other.
 */
export function knownDistill(name: string): string | null {
  const plain = name
    .toLowerCase()
    .replaceAll(/[ _]/g, '-')
    .replace(/^deepseek-ai-/, '')
  const distill = /^(?:deepseek-)?r1-distill-(qwen|llama)-(\d+(?:\.\d+)?)b$/.exec(plain)
  if (distill !== null) return `deepseek-r1 ${distill[2]}b-${distill[1]}-distill`
  return /^(?:deepseek-)?r1-0528-qwen3-8b$/.test(plain) ? 'deepseek-r1 8b-0528-qwen3' : null
}
