import { describe, expect, it } from 'vitest'
import { resourcePath } from '#core/resources.ts'
import { variantFiles } from '#core/variants/files.ts'
import { inspectVariant } from '#core/variants/inspect-variant.ts'
import { digestMemory } from '../../../fixtures/digest-memory.ts'

const details = await variantFiles(digestMemory()).describe(resourcePath('specimen', 'specimen-f16.gguf'))

describe('what a variant’s tensors come to', () => {
  const { tensors, typeMix, cacheBytesPerToken } = inspectVariant(details, false)

  it('gives every tensor the bits its type packs a weight in', () => {
    const inspected = inspectVariant(
      {
        ...details,
        tensors: ['Q4_K', 'Q8_0', 'F32', 'NOT_A_TYPE'].map((type) => ({ name: type, type, shape: [256, 2] })),
      },
      false,
    )
    // llama.cpp's own figures: 144 bytes for 256 weights, 34 for 32.
    expect(inspected.tensors.map(({ bitsPerWeight }) => bitsPerWeight)).toEqual([4.5, 8.5, 32, null])
  })

  it('counts tensors and weights by type, most weights first', () => {
    expect(typeMix.map(({ type }) => type)).toEqual(['F16', 'F32'])
    expect(typeMix.reduce((sum, share) => sum + share.tensors, 0)).toBe(tensors.length)
    expect(typeMix.reduce((sum, { weights }) => sum + weights, 0)).toBe(details.variant.parameters)
  })

  it('agrees with the mean that names the precision', () => {
    const bits = typeMix.reduce((sum, { type, weights }) => sum + weights * (type === 'F16' ? 16 : 32), 0)
    expect(bits / (details.variant.parameters ?? 0)).toBeCloseTo(details.variant.precision.bitsPerWeight ?? 0, 9)
  })

  it('knows what a token of context costs', () => {
    // llama.cpp: "KV buffer size = 1.00 MiB" at 512 tokens.
    expect(cacheBytesPerToken).toBe(2 ** 20 / 512)
  })
})
