import type { Precision } from '#shared/domain/precision.ts'
import type { TensorInfo } from '#shared/domain/variant.ts'
import { countWeights, tensorTypeByName } from './tensor-types.ts'

/** Key that Assay writes into a file whose weights were rounded to another format than they are stored in. */
export const simulatedKey = 'assay.simulated'

/** What the naming needs: all of it is in a file's header, and Ollama's /api/show has the first two. */
export interface PrecisionSource {
  readonly tensors: readonly TensorInfo[]
  /** The name that the file or the tag gives itself: `Q4_K_M`. Only a claim. */
  readonly label: string | null
  /** Value of `assay.simulated`, for example `FP8-E4M3`. */
  readonly simulated: string | null
}

export interface NamedPrecision {
  readonly precision: Precision
  /** Where the claims and the tensors disagree. */
  readonly notes: readonly string[]
}

const simulatedFormats = ['FP8-E4M3', 'FP8-E5M2']
const wideTypes = ['F32', 'F16', 'BF16', 'F64']

/**
 * Names a precision after its tensors. A mixture (`Q4_K_M`) takes its label's name only where the most common
 * type of its layers is that label's type.
 */
export function namePrecision({ tensors, label, simulated }: PrecisionSource): NamedPrecision {
  const bitsPerWeight = meanBitsPerWeight(tensors)
  const common = commonType(tensors)
  if (common === null) {
    const note = 'The precision could not be checked: no tensors are shown.'
    return { precision: { name: label ?? 'unknown', bitsPerWeight, simulated: false }, notes: [note] }
  }
  if (simulated !== null && simulatedFormats.includes(simulated) && wideTypes.includes(common)) {
    return { precision: { name: `${simulated} (simulated)`, bitsPerWeight, simulated: true }, notes: [] }
  }
  const agrees = label !== null && baseType(label) === common
  const notes: string[] = []
  if (label !== null && !agrees) notes.push(`Its label says ${label}, but most of its weights are ${common}.`)
  if (simulated !== null) notes.push(`It was made from a file that simulates ${simulated}.`)
  return { precision: { name: agrees ? label : common, bitsPerWeight, simulated: false }, notes }
}

/** Mean over all weights of all tensors; null for no tensors, or for a type that is not known. */
export function meanBitsPerWeight(tensors: readonly TensorInfo[]): number | null {
  let bits = 0
  let weights = 0
  for (const tensor of tensors) {
    const type = tensorTypeByName(tensor.type)
    if (type === undefined) return null
    const count = countWeights(tensor.shape)
    weights += count
    bits += (count * type.bytes * 8) / type.weights
  }
  return weights === 0 ? null : bits / weights
}

/** Type of most weights in the layers' matrices: embeddings, head and norms are often kept wider. */
function commonType(tensors: readonly TensorInfo[]): string | null {
  const matrices = tensors.filter((tensor) => tensor.shape.length > 1)
  const inLayers = matrices.filter((tensor) => tensor.name.startsWith('blk.'))
  const counts = new Map<string, number>()
  for (const tensor of inLayers.length > 0 ? inLayers : matrices.length > 0 ? matrices : tensors) {
    counts.set(tensor.type, (counts.get(tensor.type) ?? 0) + countWeights(tensor.shape))
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1])
  return first?.[0] ?? null
}

/** `Q4_K_M` is made of Q4_K; `Q8_0` of itself. IQ mixtures are named by size, not by a type. */
function baseType(label: string): string {
  const special: Readonly<Record<string, string>> = {
    IQ3_XS: 'IQ3_S',
    IQ3_M: 'IQ3_S',
    IQ2_M: 'IQ2_S',
    IQ2_S: 'IQ2_XS',
    MXFP4_MOE: 'MXFP4',
  }
  return special[label] ?? label.replace(/^(Q\d_K)_(?:S|M|L|XL)$/, '$1')
}
