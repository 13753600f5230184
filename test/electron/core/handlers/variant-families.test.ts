import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLab, type Lab } from '#core/lab.ts'
import { resourcePath } from '#core/resources.ts'
import type { Family } from '#shared/domain/variant.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'
import {
  json,
  ndjson,
  recorded,
  startPlayback,
  type Playback,
  type SeenRequest,
} from '../engines/ollama/playback-server.ts'

const f16 = resourcePath('specimen', 'specimen-f16.gguf')
const f16Digest = 'f127ca8123867b55e43b2c942356d31460525fa1ad6885ba9119d32d37a7364b'
const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const reply = (name: string) => JSON.parse(recorded(name).chunks.join('')) as Record<string, object>

/** The specimen's weights under a header that does not tell whose they are. */
function anonymous(): Buffer {
  const bytes = readFileSync(f16)
  bytes.write('Nobody-knows--', bytes.indexOf('Assay specimen'))
  return bytes
}

/**
 * A server with some tags that speaks as the recorded one did: a header is written anew when a file is registered, so
 * that the weights' digest is not the file's.
 */
function tagServer(blobs: string) {
  const tags = new Map<string, { readonly blob: string; readonly show: string; readonly info: object }>()
  const infoOf = (info: object) => ({ ...reply('show-f16')['model_info'], ...info })
  const answer = ({ path, method, body }: SeenRequest) => {
    const name = (body['model'] ?? body['name'] ?? '') as string
    if (path === '/api/version') return recorded('version')
    if (path === '/api/ps') return recorded('ps-empty')
    if (path.startsWith('/api/blobs/')) return recorded('blob-present')
    if (path === '/api/tags') {
      return json({
        models: [...tags].map(([tag, { blob }]) => ({ name: tag, size: 1, digest: sha(`manifest ${blob}`) })),
      })
    }
    if (path === '/api/create') {
      const { 'model.gguf': file = '' } = body['files'] as Record<string, string>
      tags.set(name, { blob: sha(`rewritten ${file}`), show: 'show-q4_K_M', info: {} })
      return ndjson({ status: 'success' })
    }
    const tag = tags.get(name)
    if (method !== 'POST' || path !== '/api/show' || tag === undefined) return undefined
    const from = `FROM ${join(blobs, `sha256-${tag.blob}`)}\n`
    return json({ ...reply(tag.show), modelfile: from, model_info: infoOf(tag.info) })
  }
  return { tags, answer }
}

let playback: Playback
let lab: Lab
let server: ReturnType<typeof tagServer>
beforeEach(async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'blobs'))
  writeFileSync(join(folder, 'blobs', `sha256-${sha('distill')}`), anonymous())
  server = tagServer(join(folder, 'blobs'))
  playback = await startPlayback(server.answer)
  lab = await openLab({ home: join(folder, 'home'), env: { OLLAMA_HOST: playback.url } })
})
afterEach(async () => {
  await lab.close()
  await playback.close()
})

const text = (families: readonly Family[]) =>
  families.map(({ name, rows }) => {
    const lines = rows.map(
      ({ precision, places }) => `${precision.name} = ${places.map(({ endpoint }) => endpoint).join(' + ')}`,
    )
    return `${name}: ${lines.join('; ')}`
  })

const source = 'deepseek-r1:7b-qwen-distill-fp16'
async function register(type: string, tag: string): Promise<void> {
  for await (const _ of lab.client['variants.make']({ variant: `ollama:${source}`, type, register: tag }));
}
const plan = (...variants: string[]) => lab.client['runs.plan']({ suites: ['specimen-quick'], variants })
const warned = async (...variants: string[]) => (await plan(...variants)).warnings.map(({ code }) => code)

it('puts what was made of a tag into the tag’s family, under whatever name, and a run of both says nothing of families', async () => {
  server.tags.set(source, { blob: sha('distill'), show: 'show-f16', info: {} })
  await register('Q4_K_M', 'r1-7b:q4_K_M')
  expect(text(await lab.client['variants.list']({}))).toEqual([
    'deepseek-r1 7b-qwen-distill: F16 = ollama; Q4_K_M = ollama + builtin',
    'specimen: F16 = builtin',
  ])
  const names = [`ollama:${source}`, 'ollama:r1-7b:q4_K_M']
  expect(await warned(...names)).not.toContain('mixed-families')
  const { variants } = await plan(...names)
  expect(variants.map(({ variant }) => variant.family)).toEqual(Array(2).fill('deepseek-r1 7b-qwen-distill'))
  expect(await warned(`ollama:${source}`, 'specimen F16')).toContain('mixed-families')
})

it('finds a row by each of its names, in the place that the name says', async () => {
  server.tags.set(source, { blob: f16Digest, show: 'show-f16', info: {} })
  server.tags.set('r1:16', { blob: f16Digest, show: 'show-f16', info: {} })
  const [family] = await lab.client['variants.list']({})
  expect(text(family === undefined ? [] : [family])).toEqual(['specimen: F16 = builtin + ollama + ollama'])
  const refOf = async (name: string) => (await lab.client['variants.describe']({ variant: name })).variant.ref
  for (const name of [source, `ollama:${source}`, 'r1:16']) expect(await refOf(name)).toBe(name.replace('ollama:', ''))
  for (const name of ['specimen F16', f16Digest, `sha256:${f16Digest.slice(0, 12)}`, f16])
    expect(await refOf(name)).toBe(f16)
  // Two tags of one manifest: the first of them, not an error.
  expect(await refOf(sha(`manifest ${f16Digest}`).slice(0, 12))).toBe(source)
})

it('tells the families of fine-tunes apart by their headers, and of a file outside the folders too', async () => {
  const header = { 'general.basename': 'DeepSeek-R1-Distill-Qwen', 'general.size_label': '7B' }
  server.tags.set('one:a', { blob: sha('one'), show: 'show-f16', info: header })
  server.tags.set('other:b', { blob: sha('other'), show: 'show-q4_K_M', info: header })
  server.tags.set('qwen2.5:7b', {
    blob: sha('base'),
    show: 'show-f16',
    info: { 'general.basename': 'Qwen2.5', 'general.size_label': '7B', 'general.finetune': 'Instruct' },
  })
  expect(text(await lab.client['variants.list']({}))).toEqual([
    'deepseek-r1 7b-qwen-distill: F16 = ollama; Q4_K_M = ollama',
    'qwen2.5-7b-instruct: F16 = ollama',
    'specimen: F16 = builtin',
  ])
  const outside = join(tempFolder(), 'mine.gguf')
  copyFileSync(f16, outside)
  expect(await warned(outside, 'ollama:qwen2.5:7b')).toContain('mixed-families')
  expect((await lab.client['variants.describe']({ variant: outside })).variant).toMatchObject({
    family: 'specimen',
    familyBy: 'header',
  })
})
