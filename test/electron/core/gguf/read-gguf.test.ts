import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readGguf } from '#core/gguf/read-gguf.ts'
import { resourcePath } from '#core/resources.ts'
import { LabError } from '#shared/domain/error.ts'
import {
  f16Tensor,
  ggufBytes,
  llama,
  str,
  textArray,
  textValue,
  u32,
  u32Value,
  u64,
} from '../../../fixtures/gguf-file.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

const specimen = resourcePath('specimen', 'specimen-f16.gguf')

/** Reads bytes as a file. */
async function read(bytes: Uint8Array) {
  const path = join(tempFolder(), 'file.gguf')
  writeFileSync(path, bytes)
  return await readGguf(path)
}

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'GGUF_INVALID', message: expect.stringMatching(message) })

describe('the specimen', () => {
  it('is what its card says', async () => {
    const file = await readGguf(specimen)
    expect(file).toMatchObject({
      architecture: 'llama',
      contextTokens: 512,
      geometry: { layers: 4, kvHeads: 4, headSize: 32, vocabulary: 1536 },
      precision: { name: 'F16', simulated: false },
      fileType: 'F16',
      parts: 1,
      notes: [],
    })
    expect(file.parameters / 1e6).toBeCloseTo(3.9, 1)
    // llama.cpp prints 16.01 BPW for this file.
    expect(file.precision.bitsPerWeight).toBeCloseTo(16.01, 2)
    expect(file.chatTemplate).toContain('<｜Assistant｜>')
    const end = Math.max(...file.tensors.map(({ offset, sizeBytes }) => offset + sizeBytes))
    expect(end).toBe(file.sizeBytes)
  })
})

describe('a file that is cut', () => {
  const whole = readFileSync(specimen)

  it.each([0, 3, 4, 23, 24, 100, 5000, 51_223, 51_224, 53_499])(
    'after %d bytes, inside its header, is refused',
    async (length) => {
      await expect(read(whole.subarray(0, length))).rejects.toEqual(refused(/GGUF|header|room|claims/))
    },
  )

  it.each([53_503, 53_504, 53_505, 4_000_000, whole.length - 1])(
    'after %d bytes, before its weights end, says how much is missing',
    async (length) => {
      await expect(read(whole.subarray(0, length))).rejects.toEqual(refused(/it is cut: \d+ of at least 7927040 bytes/))
    },
  )

  it('at any place is refused and nothing else happens', async () => {
    const small = ggufBytes({ tensors: [f16Tensor('blk.0.ffn_up.weight', [32, 4])] })
    const path = join(tempFolder(), 'cut.gguf')
    for (let length = 0; length < small.length; length++) {
      writeFileSync(path, small.subarray(0, length))
      await expect(readGguf(path), `cut after ${length}`).rejects.toEqual(refused(/./))
    }
    await expect(read(small)).resolves.toMatchObject({ parameters: 128 })
  })
})

describe('a hostile header', () => {
  const good = f16Tensor('blk.0.ffn_up.weight', [32, 4])

  it.each<[string, Uint8Array, RegExp]>([
    ['other magic', Buffer.from('GGML'.repeat(20)), /does not start with GGUF/],
    ['version 1', ggufBytes({ version: 1, tensors: [good] }), /version 1/],
    ['big endian', Buffer.concat([Buffer.from('GGUF'), Buffer.from([0, 0, 0, 3]), Buffer.alloc(64)]), /big-endian/],
    ['no tensors', ggufBytes({}), /no tensors/],
    [
      '2^63 tensors',
      Buffer.concat([Buffer.from('GGUF'), u32(3), u64(2n ** 63n), u64(0)]),
      /claims 9223372036854775808 tensors/,
    ],
    [
      '2^40 metadata entries',
      Buffer.concat([Buffer.from('GGUF'), u32(3), u64(1), u64(2n ** 40n), Buffer.alloc(99)]),
      /claims 1 tensors/,
    ],
    [
      'a key of 2^60 bytes',
      Buffer.concat([Buffer.from('GGUF'), u32(3), u64(1), u64(1), u64(2n ** 60n), Buffer.alloc(99)]),
      /String length/,
    ],
    [
      'an array of 2^50',
      ggufBytes({ metadata: [['a', Buffer.concat([u32(9), u32(0), u64(2n ** 50n)])], ...llama], tensors: [good] }),
      /array length/,
    ],
    [
      'an array past the end',
      ggufBytes({ metadata: [['a', Buffer.concat([u32(9), u32(4), u64(900_000)])], ...llama], tensors: [good] }),
      /runs past the end/,
    ],
    [
      'a text past the end',
      ggufBytes({ metadata: [['a', Buffer.concat([u32(8), u64(9_000_000)])], ...llama], tensors: [good] }),
      /./,
    ],
    ['no architecture', ggufBytes({ metadata: [['general.name', textValue('x')]], tensors: [good] }), /architecture/],
    ['an unknown tensor type', ggufBytes({ tensors: [{ ...good, type: 4 }] }), /unknown type 4/],
    ['a type beyond all', ggufBytes({ tensors: [{ ...good, type: 2 ** 31 }] }), /unknown type/],
    ['five dimensions', ggufBytes({ tensors: [{ ...good, shape: [1, 1, 1, 1, 1] }] }), /impossible shape/],
    ['a dimension of zero', ggufBytes({ tensors: [{ ...good, shape: [32, 0] }] }), /impossible shape/],
    ['2^60 weights', ggufBytes({ tensors: [{ ...good, shape: [2 ** 30, 2 ** 30] }] }), /impossible shape/],
    ['rows that are no blocks', ggufBytes({ tensors: [{ ...good, type: 8, shape: [33, 1] }] }), /multiple of 32/],
    ['one name twice', ggufBytes({ tensors: [good, good] }), /twice/],
    ['overlapping tensors', ggufBytes({ tensors: [good, { ...good, name: 'b', offset: 32 }] }), /overlaps/],
    ['a tensor far behind the end', ggufBytes({ tensors: [{ ...good, offset: 2 ** 45 }] }), /it is cut/],
    [
      'an alignment of zero',
      ggufBytes({ metadata: [...llama, ['general.alignment', u32Value(0)]], tensors: [good] }),
      /alignment/,
    ],
  ])('with %s is refused with the reason', async (_name, bytes, message) => {
    await expect(read(bytes)).rejects.toEqual(refused(message))
  })

  it('cannot change what a lookup finds', async () => {
    const metadata = [...llama, ['__proto__', textArray(['x'])] as const, ['constructor', textValue('x')] as const]
    const file = await read(ggufBytes({ metadata, tensors: [good] }))
    expect(Object.getPrototypeOf(file.metadata)).toBeNull()
    expect(file.metadata['general.name']).toBeUndefined()
  })

  it('never ends in anything but a result or GGUF_INVALID, whatever bytes are changed', async () => {
    const metadata = [...llama, ['llama.context_length', u32Value(512)] as const, ['t', textArray(['a', 'b'])] as const]
    const bytes = ggufBytes({ metadata, tensors: [good, f16Tensor('output.weight', [32, 2])] })
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }))
    const path = join(tempFolder(), 'fuzzed.gguf')
    const outcomes = { read: 0, refused: 0, other: [] as unknown[] }
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const copy = Buffer.from(bytes)
        for (const [at, value] of changes) copy[at] = value
        writeFileSync(path, copy)
        const outcome = await readGguf(path).catch((error: unknown) => error)
        if (!(outcome instanceof Error)) outcomes.read++
        else if (outcome instanceof LabError && outcome.code === 'GGUF_INVALID') outcomes.refused++
        else outcomes.other.push(outcome)
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(outcomes.other).toEqual([])
    expect(outcomes.read).toBeGreaterThan(10)
    expect(outcomes.refused).toBeGreaterThan(100)
  })
})

describe('reading', () => {
  it('tells a missing file and a folder from a bad one', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'inner.gguf'))
    await expect(readGguf(join(folder, 'none.gguf'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
    await expect(readGguf(join(folder, 'inner.gguf'))).rejects.toBeInstanceOf(LabError)
  })

  it('stops when its signal says so', async () => {
    const reason = new LabError('CANCELLED', 'enough')
    await expect(readGguf(specimen, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it('counts heads of several sizes by their mean, and knows a part of a split model', async () => {
    const metadata = [
      ...llama,
      ['llama.block_count', u32Value(2)] as const,
      ['llama.attention.head_count', u32Value(8)] as const,
      ['llama.attention.head_count_kv', Buffer.concat([u32(9), u32(4), u64(2), u32(2), u32(4)])] as const,
      ['llama.attention.key_length', u32Value(192)] as const,
      ['llama.attention.value_length', u32Value(128)] as const,
      ['llama.vocab_size', u32Value(99)] as const,
      ['split.count', Buffer.concat([u32(2), Buffer.from([5, 0])])] as const,
    ]
    const file = await read(ggufBytes({ metadata, tensors: [f16Tensor('a', [32])] }))
    expect(file.geometry).toEqual({ layers: 2, kvHeads: 3, headSize: 160, vocabulary: 99 })
    expect(file.parts).toBe(5)
    expect(str('é')).toHaveLength(10)
  })
})
