import type { InspectedTensor, TypeShare, VariantInspection } from '#shared/contract/views.ts'
import type { TensorInfo, VariantDetails } from '#shared/domain/variant.ts'
import { countWeights, tensorTypeByName } from '#core/gguf/tensor-types.ts'
import { kvCacheBytes } from './memory-fit.ts'

/** What a variant's tensors and geometry come to. */
export function inspectVariant(details: VariantDetails, deletable: boolean): VariantInspection {
  const { tensors, geometry } = details
  return {
    ...details,
    tensors: tensors.map(withBits),
    typeMix: typeMix(tensors),
    cacheBytesPerToken: geometry === null ? null : kvCacheBytes(geometry, 1),
    deletable,
  }
}

function withBits(tensor: TensorInfo): InspectedTensor {
  const type = tensorTypeByName(tensor.type)
  return { ...tensor, bitsPerWeight: type === undefined ? null : (8 * type.bytes) / type.weights }
}

function typeMix(tensors: readonly TensorInfo[]): readonly TypeShare[] {
  return [...Map.groupBy(tensors, ({ type }) => type)]
    .map(([type, members]) => ({
      type,
      tensors: members.length,
      weights: members.reduce((sum, { shape }) => sum + countWeights(shape), 0),
    }))
    .toSorted((a, b) => b.weights - a.weights || a.type.localeCompare(b.type))
}
