import { copyFileSync, existsSync, readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CreateRequest, Engine, ModelManager } from '#core/engines/engine.ts'
import { resourcePath } from '#core/resources.ts'
import { variantFiles } from '#core/variants/files.ts'
import type { MadeMemory, MadeRecord } from '#core/variants/made-memory.ts'
import { LabError } from '#shared/domain/error.ts'
import { makeVariant, registerFile, type MadeProgress, type MakeRequest } from '#core/variants/make.ts'
import { digest, endpointId, variantId } from '#shared/domain/ids.ts'
import type { EngineKind, VariantDetails } from '#shared/domain/variant.ts'
import { digestMemory } from '../../../fixtures/digest-memory.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'
import { sampleVariant } from '../../cli/sample-comparison.ts'

const specimen = resourcePath('specimen', 'specimen-f16.gguf')
const unplanned = (): never => {
  throw new Error('not planned in this test')
}

/** An engine that only describes, and takes files into its store. */
function engine(kind: EngineKind, describe: Engine['describe'], models?: Partial<ModelManager>): Engine {
  return {
    endpoint: endpointId(kind),
    kind,
    describe,
    ...(models && {
      models: {
        pull: unplanned,
        delete: unplanned,
        copy: unplanned,
        create: unplanned,
        quantize: unplanned,
        weightsFile: unplanned,
        ...models,
      },
    }),
    status: unplanned,
    features: unplanned,
    list: () => Promise.resolve(['taken:q8', 'short:latest'].map((ref) => sampleVariant('Q8_0', { ref, name: ref }))),
    render: unplanned,
    load: unplanned,
    unload: unplanned,
    generate: unplanned,
    close: unplanned,
  }
}

const files = variantFiles(digestMemory())
const remembered = new Map<string, MadeRecord>()
const memory: MadeMemory = {
  madeFrom: (weights) => remembered.get(weights) ?? null,
  rememberMade: (weights, record) => void remembered.set(weights, record),
}
beforeEach(() => remembered.clear())
const builtin = engine('builtin', (ref) => files.describe(ref))

/** A tag over the specimen's own file, with a template and settings of its own. */
function ollama(weights: string | null, weightsDigest = digest('b'.repeat(64))) {
  const created: CreateRequest[] = []
  const describeTag = async (ref: string): Promise<VariantDetails> => {
    const details = await files.describe(specimen)
    const variant = {
      ...details.variant,
      id: variantId(endpointId('ollama'), ref),
      ref,
      name: ref,
      digest: digest('a'.repeat(64)),
      weightsDigest,
    }
    return {
      ...details,
      variant,
      template: '{{ .Prompt }}',
      templateLanguage: 'go',
      parameters: { stop: ['<｜User｜>'], num_ctx: ['512'] },
    }
  }
  const tags = engine('ollama', describeTag, {
    weightsFile: () => Promise.resolve(weights),
    async *create(request) {
      created.push(request)
      if (request.name === 'full:disk') throw new LabError('DISK_FULL', 'No room.', { hint: 'Make some.' })
      yield { step: 'uploading', doneBytes: 1000, totalBytes: 2000 }
      yield { step: 'success', doneBytes: 2000, totalBytes: 2000 }
    },
  })
  return { tags, created }
}

async function make(
  request: Partial<MakeRequest>,
  deps: { readonly home: string; readonly source: Engine; readonly registry?: Engine },
) {
  const items: MadeProgress[] = []
  const full = { variant: variantId(endpointId('builtin'), specimen), type: 'Q8_0', ...request }
  const work = makeVariant(full, { files, memory, registry: null, ...deps }, new AbortController().signal)
  for await (const item of work) items.push(item)
  return items
}

describe('making a variant', () => {
  it('from a file ends with the file that was made', async () => {
    const home = tempFolder()
    const items = await make({ type: 'q4_k_m' }, { home, source: builtin })
    expect(items.at(-1)?.made).toMatchObject({
      ref: join(home, 'variants', 'specimen-Q4_K_M.gguf'),
      precision: { name: 'Q4_K_M' },
      digest: 'sha256:6cf6a81274fda90107fc1032b3c2de08baa349d6519799a59fc9f7a5171cf7ac',
    })
    expect(items.slice(0, -1).every(({ made }) => made === null)).toBe(true)
    const done = items.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
  })

  it('from a tag registers the result with the tag’s template and settings', async () => {
    const { tags, created } = ollama(specimen)
    const home = tempFolder()
    const variant = variantId(endpointId('ollama'), 'specimen:f16')
    const items = await make({ variant, type: 'fp8', register: 'specimen:fp8' }, { home, source: tags, registry: tags })
    expect(created).toEqual([
      {
        name: 'specimen:fp8',
        file: join(home, 'variants', 'specimen-FP8-E4M3.gguf'),
        template: '{{ .Prompt }}',
        system: null,
        parameters: { stop: ['<｜User｜>'], num_ctx: ['512'] },
        precisionLabel: 'FP8-E4M3 (simulated)',
      },
    ])
    expect(items.at(-1)?.made?.id).toBe('ollama:specimen:fp8')
    const done = items.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
  })

  it('from a file leaves its Jinja template where it is, and names no precision that the file shows itself', async () => {
    const { tags, created } = ollama(null)
    await make({ register: 'mine:q8' }, { home: tempFolder(), source: builtin, registry: tags })
    expect(created[0]).toMatchObject({ template: null, parameters: {}, precisionLabel: null })
  })

  it('is remembered by its weights: what it was made from, and that the tag is the same tensors', async () => {
    const { tags } = ollama(specimen)
    const variant = variantId(endpointId('ollama'), 'source:f16')
    const home = tempFolder()
    const items = await make(
      { variant, type: 'Q8_0', register: 'mine:q8', family: 'my family' },
      { home, source: tags, registry: tags },
    )
    const file = await files.describe(join(home, 'variants', 'my-family-Q8_0.gguf'))
    expect([...remembered]).toEqual([
      [
        file.variant.digest,
        { from: digest('b'.repeat(64)), source: 'ollama:source:f16', family: 'my family', sameTensors: false },
      ],
      [
        items.at(-1)?.made?.weightsDigest,
        { from: file.variant.digest, source: file.variant.id, family: 'my family', sameTensors: true },
      ],
    ])
  })

  it('with another scale gets another name', async () => {
    const home = tempFolder()
    await make({ type: 'fp8', scale: 'channel' }, { home, source: builtin })
    expect(readdirSync(join(home, 'variants'))).toEqual(['specimen-FP8-E4M3-channel.gguf'])
  })

  it('is refused before anything is made where it cannot end well', async () => {
    const home = tempFolder()
    const variant = variantId(endpointId('ollama'), 'specimen:f16')
    await expect(make({ type: 'mxfp4' }, { home, source: builtin })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(make({ register: 'x' }, { home, source: builtin })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
    })
    await expect(make({ variant }, { home, source: ollama(null).tags })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining('specimen:f16'),
    })
    expect(existsSync(join(home, 'variants'))).toBe(false)
  })

  it('never replaces a tag without being told, and finds that out before it makes anything', async () => {
    const { tags, created } = ollama(null)
    const home = tempFolder()
    for (const register of ['taken:q8', 'short']) {
      const making = make({ register }, { home, source: builtin, registry: tags })
      await expect(making).rejects.toMatchObject({ code: 'CONFLICT', hint: expect.stringContaining('ollama rm') })
    }
    expect([created, existsSync(join(home, 'variants'))]).toEqual([[], false])
  })

  it.each(['Q2_K', 'fp8'])('registers a %s file that it has made before, not making it again', async (type) => {
    const { tags, created } = ollama(null)
    const home = tempFolder()
    await make({ type }, { home, source: builtin })
    await expect(make({ type }, { home, source: builtin })).rejects.toMatchObject({ code: 'CONFLICT' })
    await make({ type, register: 'mine:made' }, { home, source: builtin, registry: tags })
    expect(created.map(({ name }) => name)).toEqual(['mine:made'])
    remembered.clear()
    const unknown = make({ type, register: 'mine:made' }, { home, source: builtin, registry: tags })
    await expect(unknown).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('is not begun where the engine that is to have it does not answer', async () => {
    const home = tempFolder()
    const away = new LabError('ENGINE_ABSENT', 'Nothing answers.', { hint: 'Start Ollama.' })
    const registry = { ...ollama(specimen).tags, list: () => Promise.reject(away) }
    await expect(make({ register: 'mine:q8' }, { home, source: builtin, registry })).rejects.toBe(away)
    expect(existsSync(join(home, 'variants'))).toBe(false)
  })

  it('says where the file is when registering it fails', async () => {
    const home = tempFolder()
    const { tags } = ollama(specimen)
    const file = join(home, 'variants', 'specimen-Q8_0.gguf')
    await expect(make({ register: 'full:disk' }, { home, source: builtin, registry: tags })).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: 'No room.',
      hint: `Make some.\nThe file is made and kept: ${file}`,
    })
    expect(existsSync(file)).toBe(true)
  })

  it('leaves no work behind when its reader goes', async () => {
    const home = tempFolder()
    const work = makeVariant(
      { variant: variantId(endpointId('builtin'), specimen), type: 'Q2_K' },
      { home, files, memory, source: builtin, registry: null },
      new AbortController().signal,
    )
    for await (const item of work) if (item.doneBytes >= 0) break
    await expect.poll(() => readdirSync(join(home, 'variants'))).toEqual([])
  })
})

it('a file with a broken header is never uploaded', async () => {
  const { tags, created } = ollama(null)
  const file = join(tempFolder(), 'cut.gguf')
  copyFileSync(specimen, file)
  truncateSync(file, 3000)
  const request = { name: 'x', file, template: null, system: null, parameters: {}, precisionLabel: null }
  const upload = registerFile(tags, request, new AbortController().signal)
  await expect(upload.next()).rejects.toMatchObject({ code: 'GGUF_INVALID' })
  expect(created).toEqual([])
})
