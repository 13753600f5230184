import { expect, it } from 'vitest'
import { equalWeights, groupFamilies } from '#core/variants/families.ts'
import { digest, endpointId, variantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'

const sha = (digit: string) => digest(digit.repeat(64))

function variant(
  endpoint: 'builtin' | 'ollama',
  ref: string,
  more: Partial<Variant> & { readonly precision: Variant['precision'] },
): Variant {
  return {
    id: variantId(endpointId(endpoint), ref),
    endpoint: endpointId(endpoint),
    engine: endpoint,
    ref,
    name: ref,
    family: 'specimen',
    digest: sha('0'),
    weightsDigest: null,
    sizeBytes: 1,
    parameters: 1,
    architecture: 'llama',
    contextTokens: 512,
    capabilities: [],
    loaded: false,
    notes: [],
    ...more,
  }
}

const precision = (name: string, bitsPerWeight: number) => ({ name, bitsPerWeight, simulated: false })
const f16 = variant('builtin', '/m/f16.gguf', { precision: precision('F16', 16) })
const q8 = variant('builtin', '/m/q8.gguf', { precision: precision('Q8_0', 8.5), weightsDigest: sha('8') })
const q2 = variant('builtin', '/m/q2.gguf', { precision: precision('Q2_K', 3.3), weightsDigest: sha('2') })
const tag = variant('ollama', 'nickname:latest', {
  precision: precision('Q8_0', 8.5),
  weightsDigest: sha('8'),
  digest: sha('f'),
  family: 'nickname',
  notes: ['Mind the label.'],
})
const other = variant('ollama', 'qwq:32b', { precision: precision('Q4_K_M', 4.9), family: 'qwq 32b' })

it('puts the finest precision of a family first', () => {
  const families = groupFamilies([q2, other, q8, f16])
  expect(families.map(({ name }) => name)).toEqual(['qwq 32b', 'specimen'])
  expect(families[1]?.variants.map(({ ref }) => ref)).toEqual(['/m/f16.gguf', '/m/q8.gguf', '/m/q2.gguf'])
})

it('knows equal weights on two engines, whatever the tag is called', () => {
  expect([...equalWeights([f16, q8, q2, tag])]).toEqual([[sha('8'), [q8, tag]]])
  const families = groupFamilies([tag, f16, q8, q2])
  expect(families.map(({ name }) => name)).toEqual(['specimen'])
  const both = families[0]?.variants.filter(({ precision: { name } }) => name === 'Q8_0')
  expect(both?.map(({ notes }) => notes)).toEqual([
    ['Same weights as ollama:nickname:latest.'],
    ['Mind the label.', 'Same weights as builtin:/m/q8.gguf.'],
  ])
})

it('does not take unknown weights for equal ones', () => {
  expect(equalWeights([f16, other]).size).toBe(0)
})
