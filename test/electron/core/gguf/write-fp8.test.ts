import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { e4m3, e5m2 } from '#core/gguf/fp8-format.ts'
import type { Fp8Scale } from '#core/gguf/fp8-simulate.ts'
import { readGguf, type GgufFile } from '#core/gguf/read-gguf.ts'
import { writeFp8 } from '#core/gguf/write-fp8.ts'
import { floatToHalf } from '#core/gguf/float16.ts'
import { resourcePath } from '#core/resources.ts'
import oracle from '../../../fixtures/fp8-oracle.json' with { type: 'json' }
import { f16Tensor, llama, textValue, u32Value, writeGgufFile, type TestTensor } from '../../../fixtures/gguf-file.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

const specimen = resourcePath('specimen', 'specimen-f16.gguf')
const formats = [e4m3, e5m2]
const scales: readonly Fp8Scale[] = ['block', 'channel', 'tensor']
const every = formats.flatMap((format) => scales.map((scale) => [format.name, scale, format] as const))

function bytesOf(file: GgufFile, name: string): Buffer {
  const { offset, sizeBytes } = file.tensors.find((tensor) => tensor.name === name) ?? { offset: 0, sizeBytes: 0 }
  return readFileSync(file.path).subarray(offset, offset + sizeBytes)
}

/** The weights that the oracle was computed from: a linear congruential generator, one block of zeros. */
function matrix(): Float32Array {
  let state = 12_345
  const values = Float32Array.from({ length: 200 * 288 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return ((state >>> 8) / 2 ** 24 - 0.5) * 2 ** -((state >>> 4) & 7)
  })
  return values.map((value, i) => (i % 288 < 128 && i < 128 * 288 ? 0 : value))
}

function matrixTensor(type: 'F32' | 'F16' | 'BF16'): TestTensor {
  const values = matrix()
  const bits = new Uint32Array(values.buffer)
  const words =
    type === 'F32'
      ? values
      : Uint16Array.from(values, (value, i) => (type === 'BF16' ? (bits[i] ?? 0) >>> 16 : floatToHalf(value)))
  const number = { F32: 0, F16: 1, BF16: 30 }[type]
  return { name: 'blk.0.ffn_up.weight', type: number, shape: [288, 200], data: new Uint8Array(words.buffer) }
}

describe('simulating FP8', () => {
  it.each(every)('in %s by %s gives the specimen the weights that ml_dtypes gives it', async (name, scale, format) => {
    const source = await readGguf(specimen)
    const output = join(tempFolder(), 'out.gguf')
    await writeFp8({ source, output, format, scale }, () => {})
    const made = await readGguf(output)
    const hash = createHash('sha256')
    for (const tensor of made.tensors) hash.update(bytesOf(made, tensor.name))
    expect(hash.digest('hex')).toBe(oracle.specimenTensors[`${name} ${scale}`])
    expect(made.precision).toMatchObject({ name: `${name} (simulated)`, simulated: true })
  })

  it.each(['F32', 'BF16', 'F16'] as const)('takes %s weights, also where blocks do not divide them', async (type) => {
    const folder = tempFolder()
    const source = await readGguf(writeGgufFile(join(folder, 'in.gguf'), { tensors: [matrixTensor(type)] }))
    for (const [name, scale, format] of every) {
      const output = join(folder, `${name}-${scale}.gguf`)
      await writeFp8({ source, output, format, scale }, () => {})
      const made = await readGguf(output)
      const sha = createHash('sha256').update(bytesOf(made, 'blk.0.ffn_up.weight')).digest('hex')
      expect(sha, `${type} ${name} ${scale}`).toBe(oracle.matrix200x288[`${type} ${name} ${scale}`])
      expect(made.tensors[0]?.type).toBe('F16')
    }
  })

  it('keeps all metadata and every other tensor, byte for byte', async () => {
    const source = await readGguf(specimen)
    const output = join(tempFolder(), 'out.gguf')
    await writeFp8({ source, output, format: e4m3, scale: 'block' }, () => {})
    const made = await readGguf(output)
    expect(made.metadata).toEqual({
      ...source.metadata,
      'assay.simulated': 'FP8-E4M3',
      'assay.simulated_scale': 'block',
      'assay.simulated_from': 'F16',
    })
    const changed = made.tensors.filter(({ name }) => !bytesOf(made, name).equals(bytesOf(source, name)))
    const layers = ['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down']
    const expected = [0, 1, 2, 3].flatMap((layer) => layers.map((name) => `blk.${layer}.${name}.weight`))
    expect(changed.map(({ name }) => name)).toEqual(expected)
  })

  it('says F16 in the file type of what was BF16, and leaves a BF16 embedding as it is', async () => {
    const folder = tempFolder()
    const embedding = { name: 'token_embd.weight', type: 30, shape: [32, 2], data: new Uint8Array(128).fill(63) }
    const metadata = [...llama, ['general.file_type', u32Value(32)] as const]
    const path = writeGgufFile(join(folder, 'in.gguf'), { metadata, tensors: [embedding, matrixTensor('BF16')] })
    const source = await readGguf(path)
    expect(source.fileType).toBe('BF16')
    const output = join(folder, 'out.gguf')
    await writeFp8({ source, output, format: e4m3, scale: 'block' }, () => {})
    const made = await readGguf(output)
    expect(made.fileType).toBe('F16')
    expect(made.tensors.map(({ type }) => type)).toEqual(['BF16', 'F16'])
    expect(bytesOf(made, 'token_embd.weight').equals(Buffer.alloc(128, 63))).toBe(true)
    expect(made.notes[0]).toContain('from BF16')
  })

  const word = (bits: number): TestTensor => ({
    ...f16Tensor('blk.0.ffn_up.weight', [32, 4]),
    data: new Uint8Array(Uint16Array.from({ length: 128 }, (_, i) => (i === 77 ? bits : 0x3c00)).buffer),
  })

  it.each([
    ['NaN', word(0x7e00)],
    ['infinity', word(0xfc00)],
  ])('refuses a weight that is %s at every scale', async (_name, tensor) => {
    const folder = tempFolder()
    const source = await readGguf(writeGgufFile(join(folder, 'in.gguf'), { tensors: [tensor] }))
    for (const scale of scales) {
      const job = { source, output: join(folder, `${scale}.gguf`), format: e4m3, scale }
      await expect(writeFp8(job, () => {})).rejects.toMatchObject({ code: 'GGUF_INVALID' })
    }
  })

  it.each([
    [
      'is quantized',
      [{ name: 'blk.0.ffn_up.weight', type: 8, shape: [32, 4], data: new Uint8Array(136) }],
      /quantized already/,
    ],
    [
      'has experts',
      [f16Tensor('blk.0.ffn_up_exps.weight', [32, 4, 4]), f16Tensor('blk.0.attn_q.weight', [32, 4])],
      /ffn_up_exps/,
    ],
    ['has no layers', [f16Tensor('token_embd.weight', [32, 4])], /layers/],
  ] as const)('refuses a file that %s', async (_name, tensors, message) => {
    const folder = tempFolder()
    const source = await readGguf(writeGgufFile(join(folder, 'in.gguf'), { tensors }))
    const job = { source, output: join(folder, 'out.gguf'), format: e4m3, scale: 'block' as const }
    await expect(writeFp8(job, () => {})).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(message),
    })
  })

  it('refuses to simulate twice', async () => {
    const metadata = [...llama, ['assay.simulated', textValue('FP8-E5M2')] as const]
    const folder = tempFolder()
    const source = await readGguf(writeGgufFile(join(folder, 'in.gguf'), { metadata, tensors: [matrixTensor('F16')] }))
    const job = { source, output: join(folder, 'out.gguf'), format: e4m3, scale: 'block' as const }
    await expect(writeFp8(job, () => {})).rejects.toThrow(/simulates FP8-E5M2 already/)
  })
})
