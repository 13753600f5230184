import { describe, expect, it } from 'vitest'
import { meanBitsPerWeight, namePrecision } from '#core/gguf/name-precision.ts'
import { tensorTypeByName, tensorTypeByNumber } from '#core/gguf/tensor-types.ts'

const layer = (type: string, rows: number) => ({ name: 'blk.0.ffn_up.weight', type, shape: [256, rows] })
const norm = { name: 'blk.0.attn_norm.weight', type: 'F32', shape: [256] }
const none = { label: null, simulated: null }

describe('the name of a precision', () => {
  it('is the type that most of the layers have, whatever embeddings and norms are', () => {
    const embedding = { name: 'token_embd.weight', type: 'F16', shape: [256, 100_000] }
    const { precision, notes } = namePrecision({ tensors: [embedding, layer('Q8_0', 64), norm], ...none })
    expect(precision.name).toBe('Q8_0')
    expect(notes).toEqual([])
  })

  it('takes a mixture’s name from a label that the tensors bear out', () => {
    const tensors = [layer('Q4_K', 64), { ...layer('Q6_K', 32), name: 'blk.0.ffn_down.weight' }]
    expect(namePrecision({ tensors, label: 'Q4_K_M', simulated: null }).precision.name).toBe('Q4_K_M')
  })

  it('does not believe a label over the tensors', () => {
    const tensors = [layer('F16', 64), norm]
    for (const label of ['E4M3-sim', 'Q8_0', 'FP8']) {
      const { precision, notes } = namePrecision({ tensors, label, simulated: null })
      expect(precision).toMatchObject({ name: 'F16', simulated: false })
      expect(notes).toEqual([`Its label says ${label}, but most of its weights are F16.`])
    }
  })

  it('is simulated FP8 only where the key says so and the tensors are wide', () => {
    const wide = namePrecision({ tensors: [layer('F16', 64)], label: 'F16', simulated: 'FP8-E4M3' })
    expect(wide.precision).toMatchObject({ name: 'FP8-E4M3 (simulated)', simulated: true })
    const narrow = namePrecision({ tensors: [layer('Q8_0', 64)], label: 'Q8_0', simulated: 'FP8-E4M3' })
    expect(narrow.precision).toMatchObject({ name: 'Q8_0', simulated: false })
    expect(narrow.notes).toEqual(['It was made from a file that simulates FP8-E4M3.'])
    const unknown = namePrecision({ tensors: [layer('F16', 64)], label: 'F16', simulated: 'FP64' })
    expect(unknown.precision).toMatchObject({ name: 'F16', simulated: false })
  })

  it('says when there was nothing to check a label against', () => {
    const { precision, notes } = namePrecision({ tensors: [], label: 'Q4_K_M', simulated: null })
    expect(precision).toEqual({ name: 'Q4_K_M', bitsPerWeight: null, simulated: false })
    expect(notes).toHaveLength(1)
  })
})

describe('bits per weight', () => {
  it('counts every tensor by its blocks', () => {
    expect(meanBitsPerWeight([layer('Q8_0', 64)])).toBe(8.5)
    expect(meanBitsPerWeight([layer('Q4_K', 1), layer('Q6_K', 1)])).toBe((4.5 + 6.5625) / 2)
    expect(meanBitsPerWeight([layer('Q9_9', 1)])).toBeNull()
  })

  // Block sizes as printed in ggml's documentation of its types.
  it.each([
    ['F16', 16],
    ['Q8_0', 8.5],
    ['Q6_K', 6.5625],
    ['Q5_K', 5.5],
    ['Q4_K', 4.5],
    ['Q4_0', 4.5],
    ['Q3_K', 3.4375],
    ['Q2_K', 2.625],
    ['IQ4_XS', 4.25],
    ['MXFP4', 4.25],
  ])('of %s is %d', (name, bits) => {
    const type = tensorTypeByName(name)
    expect(((type?.bytes ?? 0) * 8) / (type?.weights ?? 1)).toBe(bits)
  })

  it('knows no type under a number that was withdrawn', () => expect(tensorTypeByNumber(4)).toBeUndefined())
})
