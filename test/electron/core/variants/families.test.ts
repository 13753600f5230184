import { describe, expect, it } from 'vitest'
import { groupFamilies } from '#core/variants/families.ts'
import type { MadeRecord } from '#core/variants/made-memory.ts'
import { digest, endpointId, variantId, type Digest } from '#shared/domain/ids.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'

const sha = (digits: string) => digest(digits.padEnd(64, '0'))
const precisions = { F16: 16, Q8_0: 8.5, Q4_K_M: 4.9, Q2_K: 3.3 }
type Name = keyof typeof precisions

/** `header`: named by its header. Weights are known by their digest's first digits. */
function variant(
  id: string,
  name: Name,
  more: Partial<Variant> & { readonly weights?: string; readonly header?: string } = {},
): Variant {
  const [endpoint, ref] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)]
  const { weights, header, ...rest } = more
  const family = header ?? rest.family ?? ref
  return {
    id: variantId(endpointId(endpoint), ref),
    endpoint: endpointId(endpoint),
    engine: endpoint === 'builtin' ? 'builtin' : 'ollama',
    ref,
    name: endpoint === 'builtin' ? `${family} ${name}` : ref,
    family,
    familyBy: header === undefined ? 'name' : 'header',
    shape: null,
    precision: { name, bitsPerWeight: precisions[name], simulated: false },
    digest: sha('f'),
    weightsDigest: weights === undefined ? null : sha(weights),
    sizeBytes: 1,
    parameters: 1,
    architecture: 'llama',
    contextTokens: 512,
    capabilities: [],
    loaded: false,
    notes: [],
    ...rest,
  }
}

const made =
  (records: Readonly<Record<string, Partial<MadeRecord> & { readonly from: Digest }>> = {}) =>
  (weights: Digest): MadeRecord | null => {
    const [, record] = Object.entries(records).find(([key]) => sha(key) === weights) ?? []
    const absent = { source: variantId(endpointId('ollama'), 'source'), family: 'source', sameTensors: false }
    return record === undefined ? null : { ...absent, ...record }
  }

/** `family: precision = place + place; precision = place`. */
const text = (families: readonly Family[]) =>
  families.map(({ name, rows }) => {
    const lines = rows.map(({ precision, places }) => `${precision.name} = ${places.map(({ ref }) => ref).join(' + ')}`)
    return `${name}: ${lines.join('; ')}`
  })

const qwen7b = 'qwen2, 28 layers of 3584, 4 KV heads of 128, vocabulary 152064'
const r1 = 'deepseek-r1 7b-qwen-distill'
const f16 = variant('ollama:deepseek-r1:7b-qwen-distill-fp16', 'F16', { header: r1, weights: '1', shape: qwen7b })

describe('what a family is', () => {
  it('holds what Assay made of a variant, whatever the tag is called and however little its header says', () => {
    const q4 = variant('ollama:r1-7b:q4_K_M', 'Q4_K_M', { family: 'r1-7b', weights: '4', shape: qwen7b })
    const fp8 = variant('ollama:r1-7b:fp8-sim', 'F16', {
      family: 'r1-7b',
      weights: '8',
      shape: qwen7b,
      precision: { name: 'FP8-E4M3 (simulated)', bitsPerWeight: 16, simulated: true },
    })
    const records = made({ 4: { from: sha('1'), source: f16.id }, 8: { from: sha('1'), source: f16.id } })
    expect(text(groupFamilies([q4, fp8, f16], records))).toEqual([
      `${r1}: F16 = deepseek-r1:7b-qwen-distill-fp16; FP8-E4M3 (simulated) = r1-7b:fp8-sim; Q4_K_M = r1-7b:q4_K_M`,
    ])
    const [, , row] = groupFamilies([q4, fp8, f16], records)[0]?.rows ?? []
    expect(row?.places[0]).toMatchObject({ family: r1, familyBy: 'made', madeFrom: f16.id })
    expect(groupFamilies([q4, fp8, f16], made()).map(({ name }) => name)).toEqual([r1, 'r1-7b'])
  })

  it('stays together when what it was made from is gone', () => {
    const q4 = variant('ollama:mine:q4', 'Q4_K_M', { family: 'mine', weights: '4' })
    const q2 = variant('ollama:other:q2', 'Q2_K', { family: 'other', weights: '2' })
    const records = made({ 4: { from: sha('1'), family: 'qwq 32b' }, 2: { from: sha('1'), family: 'qwq 32b' } })
    expect(text(groupFamilies([q4, q2], records))).toEqual(['qwq 32b: Q4_K_M = mine:q4; Q2_K = other:q2'])
  })

  it('holds files and tags whose headers name one model, and no fine-tune of the same base', () => {
    const file = variant('builtin:/models/some-name.gguf', 'Q8_0', { header: r1, weights: '8', shape: qwen7b })
    const base = variant('ollama:qwen2.5:7b', 'Q4_K_M', {
      header: 'qwen2.5-7b-instruct',
      weights: 'a',
      shape: qwen7b,
    })
    const new8b = variant('ollama:deepseek-r1:8b', 'Q4_K_M', { header: 'deepseek-r1 8b-0528-qwen3', weights: 'b' })
    expect(text(groupFamilies([f16, file, base, new8b], made()))).toEqual([
      `${r1}: F16 = deepseek-r1:7b-qwen-distill-fp16; Q8_0 = /models/some-name.gguf`,
      'deepseek-r1 8b-0528-qwen3: Q4_K_M = deepseek-r1:8b',
      'qwen2.5-7b-instruct: Q4_K_M = qwen2.5:7b',
    ])
  })

  it('goes by names where no header names the model, however they are punctuated', () => {
    const tag = variant('ollama:qwq:32b', 'F16', { family: 'qwq 32b' })
    const file = variant('builtin:/m/QwQ-32B-Q2_K.gguf', 'Q2_K', { family: 'qwq-32b', weights: '2' })
    const [family] = groupFamilies([tag, file], made())
    expect(family?.rows.flatMap(({ places }) => places.map(({ familyBy }) => familyBy))).toEqual(['name', 'name'])
  })

  it('holds all of two names where weights of the one are weights of the other, and says of each why', () => {
    const tag = (ref: string, name: Name, weights: string, shape: string | null = qwen7b) =>
      variant(`ollama:${ref}`, name, { family: ref.slice(0, ref.indexOf(':')), weights, shape })
    const all = [
      tag('n-1:q8', 'Q8_0', '8'),
      tag('r1-7b:q8', 'Q8_0', '8'),
      tag('n-1:q2', 'Q2_K', '2'),
      tag('r1-7b:q4', 'Q4_K_M', '4'),
      tag('r1-7b:f16', 'F16', '1'),
    ]
    const [family, ...rest] = groupFamilies(all, made())
    expect(rest).toEqual([])
    expect(family?.name).toBe('r1-7b')
    const reasons = family?.rows.flatMap(({ places }) => places.map(({ ref, familyBy }) => [ref, familyBy]))
    expect(reasons).toEqual([
      ['r1-7b:f16', 'name'],
      ['n-1:q8', 'weights'],
      ['r1-7b:q8', 'name'],
      ['r1-7b:q4', 'name'],
      ['n-1:q2', 'weights'],
    ])
    const other = tag('n-1:x', 'Q2_K', '5', 'llama, 32 layers of 4096')
    const more = tag('r1-7b:q6', 'Q2_K', '6')
    expect(groupFamilies([...all, other, more], made()).map(({ name, rows }) => [name, rows.length])).toEqual([
      ['n-1', 1],
      ['r1-7b', 5],
    ])
  })

  it('never holds two shapes, though the names are the same', () => {
    const small = variant('ollama:mine:a', 'F16', { family: 'mine', weights: '1', shape: qwen7b })
    const large = variant('ollama:mine:b', 'Q4_K_M', {
      family: 'mine',
      weights: '2',
      shape: 'llama, 32 layers of 4096',
    })
    const unknown = variant('ollama:mine:c', 'Q2_K', { family: 'mine', weights: '3' })
    expect(text(groupFamilies([small, large, unknown], made()))).toEqual([
      'mine (llama, 32 layers of 4096): Q4_K_M = mine:b',
      'mine (qwen2, 28 layers of 3584): F16 = mine:a; Q2_K = mine:c',
    ])
  })
})

describe('the rows of a family', () => {
  const q8 = variant('builtin:/m/q8.gguf', 'Q8_0', { header: 'specimen', weights: '8' })
  const tag = variant('ollama:nickname:latest', 'Q8_0', {
    weights: '8',
    family: 'nickname',
    notes: ['Mind the label.'],
  })

  it('are in order from fine to coarse, and families by name', () => {
    const q2 = variant('builtin:/m/q2.gguf', 'Q2_K', { header: 'specimen', weights: '2' })
    const other = variant('ollama:qwq:32b', 'Q4_K_M', { family: 'qwq 32b' })
    const file = variant('builtin:/m/f16.gguf', 'F16', { header: 'specimen', weights: '1' })
    expect(text(groupFamilies([q2, other, q8, file], made()))).toEqual([
      'qwq 32b: Q4_K_M = qwq:32b',
      'specimen: F16 = /m/f16.gguf; Q8_0 = /m/q8.gguf; Q2_K = /m/q2.gguf',
    ])
  })

  it('are one for equal weights on two engines, and tell every place', () => {
    const [family, ...rest] = groupFamilies([tag, q8], made())
    expect(rest).toEqual([])
    expect(family?.name).toBe('specimen')
    expect(family?.rows.map(({ places }) => places.map(({ id, familyBy }) => [id, familyBy]))).toEqual([
      [
        ['builtin:/m/q8.gguf', 'header'],
        ['ollama:nickname:latest', 'weights'],
      ],
    ])
    expect(family?.rows[0]).toMatchObject({
      distinction: null,
      places: [{ notes: [] }, { notes: ['Mind the label.'] }],
    })
  })

  it('are one for a file and the tag that Assay registered it as, though the engine wrote its header anew', () => {
    const file = variant('builtin:/m/q4.gguf', 'Q4_K_M', { header: r1, weights: '4' })
    const named = variant('ollama:r1-7b:q4_K_M', 'Q4_K_M', { header: r1, weights: '44' })
    const records = made({ 4: { from: sha('1'), source: f16.id }, 44: { from: sha('4'), sameTensors: true } })
    expect(text(groupFamilies([named, file, f16], records))).toEqual([
      `${r1}: F16 = deepseek-r1:7b-qwen-distill-fp16; Q4_K_M = r1-7b:q4_K_M + /m/q4.gguf`,
    ])
  })

  it('are one for two tags of one model, the one that says its precision first', () => {
    const short = variant('ollama:deepseek-r1:7b', 'Q4_K_M', { header: r1, weights: '4', digest: sha('d') })
    const long = variant('ollama:deepseek-r1:7b-qwen-distill-q4_K_M', 'Q4_K_M', {
      header: r1,
      weights: '4',
      digest: sha('d'),
    })
    expect(text(groupFamilies([short, long], made()))).toEqual([
      `${r1}: Q4_K_M = deepseek-r1:7b-qwen-distill-q4_K_M + deepseek-r1:7b`,
    ])
  })

  it('put the engine first that has most of the family', () => {
    const onOllama = (ref: string, name: Name, weights: string) =>
      variant(`ollama:${ref}`, name, { header: 'specimen', weights })
    const [family] = groupFamilies([q8, onOllama('s:q8', 'Q8_0', '8'), onOllama('s:q2', 'Q2_K', '2')], made())
    expect(text(family === undefined ? [] : [family])).toEqual(['specimen: Q8_0 = s:q8 + /m/q8.gguf; Q2_K = s:q2'])
  })

  it('are two for two files of one precision, and each says what it is', () => {
    const pulled = variant('ollama:deepseek-r1:7b', 'Q4_K_M', { header: r1, weights: 'abc' })
    const own = variant('ollama:r1-7b:q4_K_M', 'Q4_K_M', { header: r1, weights: '4' })
    const [family] = groupFamilies([f16, pulled, own], made({ 4: { from: sha('1'), source: f16.id } }))
    expect(family?.rows.map(({ distinction }) => distinction)).toEqual([
      null,
      'Q4_K_M has another row, with other bytes. Here: weights abc000000000, not made by Assay.',
      `Q4_K_M has another row, with other bytes. Here: weights 400000000000, made by Assay from ${f16.id}.`,
    ])
  })

  it('does not take unknown weights for equal ones, unless the whole tags are equal', () => {
    const one = variant('ollama:a:1', 'F16', { family: 'a', digest: sha('a') })
    const two = variant('ollama:a:2', 'F16', { family: 'a', digest: sha('b') })
    const same = variant('ollama:a:3', 'F16', { family: 'a', digest: sha('b') })
    expect(text(groupFamilies([one, two, same], made()))).toEqual(['a: F16 = a:1; F16 = a:2 + a:3'])
  })

  it('name a file after its family, and after itself where that does not tell it apart', () => {
    const a = variant('builtin:/m/a.gguf', 'Q4_K_M', { family: 'a', weights: '4' })
    const b = variant('builtin:/m/b.gguf', 'Q4_K_M', { family: 'b', weights: '5' })
    const records = made({ 4: { from: sha('1'), source: f16.id }, 5: { from: sha('1'), source: f16.id } })
    const [family] = groupFamilies([a, b, f16], records)
    expect(family?.rows.slice(1).map(({ places: [{ name }] }) => name)).toEqual([
      `${r1} Q4_K_M (a.gguf)`,
      `${r1} Q4_K_M (b.gguf)`,
    ])
  })

  it('name files of one name by the folders that tell them apart, in one row and in two', () => {
    const at = (path: string, weights: string) => variant(`builtin:${path}`, 'Q4_K_M', { header: 'specimen', weights })
    const [family] = groupFamilies(
      [at('/h/q4.gguf', '4'), at('/h/made/q4.gguf', '5'), at('/old/made/q4.gguf', '5'), at('/h/other.gguf', '6')],
      made(),
    )
    const places = family?.rows.flatMap((row) => row.places) ?? []
    expect(places.map(({ name, shortRef }) => [name, shortRef])).toEqual([
      ['specimen Q4_K_M (h/made/q4.gguf)', 'h/made/q4.gguf'],
      ['specimen Q4_K_M (old/made/q4.gguf)', 'old/made/q4.gguf'],
      ['specimen Q4_K_M (h/q4.gguf)', 'h/q4.gguf'],
      ['specimen Q4_K_M (other.gguf)', 'other.gguf'],
    ])
  })
})
