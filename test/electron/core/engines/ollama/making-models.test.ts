import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createOllamaEngine } from '#core/engines/ollama/create-ollama-engine.ts'
import type { CreateRequest } from '#core/engines/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { endpointId } from '#shared/domain/ids.ts'
import { tempFolder } from '../../../../fixtures/temp-folder.ts'
import { all, manager } from './managed-models.ts'
import { closeAtEnd, play, start } from './open-engine.ts'
import { errorOf, never } from './playback-engine.ts'
import { answerFrom, recorded, type Reply } from './playback-server.ts'

async function fileWith(content: string): Promise<string> {
  const folder = tempFolder()
  const file = join(folder, 'a model.gguf')
  await writeFile(file, content)
  return file
}

describe('creating', () => {
  const content = 'GGUF, or so the test says'
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`
  const request = (file: string, changes: Partial<CreateRequest> = {}): CreateRequest => ({
    name: 'new:fp8',
    file,
    template: '{{ .Prompt }}',
    system: null,
    parameters: { stop: ['<｜User｜>'], num_ctx: ['512'], temperature: ['0.6'] },
    precisionLabel: 'FP8-E4M3 (simulated)',
    ...changes,
  })
  const blobServer = (head: number, options: { readonly upload?: Reply; readonly create?: Reply } = {}) =>
    start((seen) => {
      if (seen.method === 'HEAD') return { status: head, contentType: null, chunks: [], end: 'end' }
      if (seen.path.startsWith('/api/blobs/'))
        return options.upload ?? { status: 201, contentType: null, chunks: [], end: 'end' }
      if (seen.path === '/api/ps') return recorded('ps-empty')
      return seen.path === '/api/create' ? (options.create ?? recorded('create-f16')) : undefined
    })

  it('looks whether the server has the file, uploads it where not, then registers it', async () => {
    const { engine, server } = await blobServer(404)
    const told = await all(manager(engine).create(request(await fileWith(content)), never()))
    expect(server.asked()).toEqual([
      `HEAD /api/blobs/${digest}`,
      `POST /api/blobs/${digest}`,
      'GET /api/ps',
      'POST /api/create',
    ])
    expect(server.requests[1]).toMatchObject({ bodyBytes: content.length })
    expect(server.requests[3]?.body).toEqual({
      model: 'new:fp8',
      files: { 'model.gguf': digest },
      template: '{{ .Prompt }}',
      parameters: { stop: ['<｜User｜>'], num_ctx: 512, temperature: 0.6 },
      info: { quantization_level: 'FP8-E4M3 (simulated)' },
      stream: true,
    })
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(told.at(-1)).toEqual({ step: 'success', doneBytes: 2 * content.length, totalBytes: 2 * content.length })
  })

  it('uploads nothing that the server has', async () => {
    const { engine, server } = await blobServer(200)
    await all(
      manager(engine).create(
        request(await fileWith(content), { template: null, parameters: {}, precisionLabel: null }),
        never(),
      ),
    )
    expect(server.asked()).not.toContain(`POST /api/blobs/${digest}`)
    expect(server.requests.at(-1)?.body).toEqual({ model: 'new:fp8', files: { 'model.gguf': digest }, stream: true })
  })

  it('checks the file before a byte of it leaves: older servers die of a corrupt header', async () => {
    const { server } = await blobServer(404)
    const engine = createOllamaEngine({
      endpoint: endpointId('ollama'),
      url: server.url,
      checkFile: async (file) => {
        throw new LabError('GGUF_INVALID', `${file} is cut.`)
      },
    })
    closeAtEnd(engine)
    expect((await errorOf(all(manager(engine).create(request(await fileWith(content)), never())))).code).toBe(
      'GGUF_INVALID',
    )
    expect(server.asked()).toEqual([])
  })

  it.each([
    ['a mismatch of the digest', { upload: recorded('blob-mismatch') }, 'GGUF_INVALID'],
    ['a corrupt file', { create: recorded('create-corrupt') }, 'GGUF_INVALID'],
    ['a file cut in half', { create: recorded('create-truncated') }, 'GGUF_INVALID'],
    ['a template that does not parse', { create: recorded('create-bad-template') }, 'BAD_REQUEST'],
  ] as const)('%s is said by the server too', async (_, replies, code) => {
    const { engine } = await blobServer(404, replies)
    expect((await errorOf(all(manager(engine).create(request(await fileWith(content)), never())))).code).toBe(code)
  })

  it('refuses a Jinja template, which only a file can carry', async () => {
    const { engine, server } = await blobServer(404)
    const jinja = request(await fileWith(content), { template: '{% for m in messages %}{{ m }}{% endfor %}' })
    expect((await errorOf(all(manager(engine).create(jinja, never())))).code).toBe('BAD_REQUEST')
    expect(server.asked()).toEqual([])
  })

  it('says so where the file cannot be read', async () => {
    const { engine, server } = await blobServer(404)
    const folder = tempFolder()
    expect((await errorOf(all(manager(engine).create(request(folder), never())))).code).toBe('GGUF_INVALID')
    expect(server.asked()).toEqual([])
  })

  it('cancelled before the upload uploads nothing', async () => {
    const { engine, server } = await blobServer(404)
    const creating = manager(engine).create(request(await fileWith(content)), AbortSignal.abort())
    expect((await errorOf(all(creating))).code).toBe('CANCELLED')
    expect(server.asked()).toEqual([])
  })

  it('says so where the file is not there', async () => {
    const { engine } = await blobServer(404)
    expect((await errorOf(all(manager(engine).create(request('/nowhere/a.gguf'), never())))).code).toBe(
      'MODEL_NOT_FOUND',
    )
  })
})

describe('quantizing on the server', () => {
  it.each([
    ['q8_0', 'create-q8_0', 'now'],
    ['Q4_K_M', 'create-q4_K_M', 'now'],
    ['Q8_0', 'create-q8_0', '0.24'],
  ] as const)('to %s tells what it does (%s, %s)', async (type, recording, era) => {
    const { engine, server } = await start((request) => {
      if (request.path === '/api/create') return recorded(recording, era)
      return answerFrom(['tags', 'show-f16', 'ps-empty'])(request)
    })
    const told = await all(manager(engine).quantize('specimen:f16', 'specimen:new', type, never()))
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(told.at(-1)?.step).toBe('success')
    expect(server.requests.at(-1)?.body).toMatchObject({
      from: 'specimen:f16',
      model: 'specimen:new',
      quantize: type.toUpperCase(),
    })
  })

  it.each(['fp8', 'Q2_K', 'Q6_K', ''])('to %j, which no server makes, is refused without asking', async (type) => {
    const { engine, server } = await start(() => undefined)
    expect((await errorOf(all(manager(engine).quantize('a:b', 'c:d', type, never())))).code).toBe('ENGINE_UNSUPPORTED')
    expect(server.asked()).toEqual([])
  })

  it('from a model that is not there does not make the server ask its registry', async () => {
    const { engine, server } = await play(['tags'])
    const error = await errorOf(all(manager(engine).quantize('nowhere-at-all:1b', 'c:d', 'Q8_0', never())))
    expect(error.code).toBe('MODEL_NOT_FOUND')
    expect(server.asked()).toEqual(['GET /api/tags'])
  })

  it.each(['create-requantize', 'create-q2_K-unsupported', 'create-fp8-unsupported'])(
    '%s is ENGINE_UNSUPPORTED',
    async (recording) => {
      const { engine } = await start((request) =>
        request.path === '/api/create' ? recorded(recording) : answerFrom(['tags', 'show-f16', 'ps-empty'])(request),
      )
      expect((await errorOf(all(manager(engine).quantize('specimen:f16', 'c:d', 'Q8_0', never())))).code).toBe(
        'ENGINE_UNSUPPORTED',
      )
    },
  )
})
