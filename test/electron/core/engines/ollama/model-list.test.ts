import { describe, expect, it } from 'vitest'
import { play, start } from './open-engine.ts'
import { errorOf, load, never } from './playback-engine.ts'
import { answerFrom, json, recorded, recordedJson } from './playback-server.ts'

describe('the list of models', () => {
  const shows = ['show-f16', 'show-native', 'show-plain', 'show-q4_K_M', 'show-labelled']
  /** The recordings have no `show` of Q8_0: the details of F16 would be another model's. */
  const withPs = (ps: string) =>
    start((request) => (request.path === '/api/ps' ? recorded(ps) : answerFrom(['tags', ...shows])(request)))

  it('has the true bits per weight, counted from the tensors', async () => {
    const { engine } = await withPs('ps')
    const rows = await engine.list()
    const row = (ref: string) => rows.find((variant) => variant.ref === ref)
    expect(row('specimen:f16')?.precision).toMatchObject({ name: 'F16', simulated: false })
    expect(row('specimen:f16')?.precision.bitsPerWeight).toBeCloseTo(16.0094, 4)
    // The mean of a Q4_K_M's mixture: file bytes, less the header, over weights.
    expect(row('specimen:q4_K_M')?.precision.bitsPerWeight).toBeCloseTo(4.9627, 4)
    expect(row('specimen:f16')).toMatchObject({
      id: 'ollama:specimen:f16',
      family: 'specimen',
      digest: 'sha256:e9215e14c164d3cccee6ea6b089e34ed2f0059d5c63ae241e2bca90b1f863a0f',
      weightsDigest: 'sha256:61e3fb99dc208da41139d0c36b9a71de59febda2f4cb2b2f6036846d62220b79',
      parameters: 3_934_464,
      contextTokens: 512,
      architecture: 'llama',
      loaded: true,
    })
    expect(row('specimen:q4_K_M')?.loaded).toBe(false)
    expect(row('specimen-native:f16')?.weightsDigest).toBe(row('specimen:f16')?.weightsDigest)
  })

  it('shows a model that cannot be looked into, and why, beside the others', async () => {
    const { engine } = await withPs('ps-empty')
    const row = (await engine.list()).find(({ ref }) => ref === 'specimen:q8_0')
    expect(row).toMatchObject({
      precision: { name: 'Q8_0', bitsPerWeight: null },
      notes: expect.arrayContaining([expect.stringContaining('looked into')]),
    })
  })

  it.each([{ size: -1 }, { size: 'big' }, { size: 1e300 }, { digest: '../..' }, { name: '' }, { name: 7 }])(
    'leaves out an entry with %j, and lists the others',
    async (odd) => {
      const [tag] = recordedJson('tags')['models'] as Record<string, unknown>[]
      const { engine } = await start((request) => {
        if (request.path === '/api/tags') return json({ models: [{ ...tag, name: 'odd:f16', ...odd }, tag] })
        return request.path === '/api/show' ? recorded('show-labelled') : recorded('ps-empty')
      })
      expect((await engine.list()).map(({ ref }) => ref)).toEqual([tag?.['name']])
    },
  )

  it('lists models also where it is told nonsense of what is in memory', async () => {
    const [tag] = recordedJson('tags')['models'] as Record<string, unknown>[]
    for (const nonsense of [{ models: [{ name: 1 }] }, { models: 'none' }]) {
      const { engine } = await start((request) => {
        if (request.path === '/api/tags') return json({ models: [tag] })
        return request.path === '/api/show' ? recorded('show-labelled') : json(nonsense)
      })
      expect((await engine.list()).map(({ loaded }) => loaded)).toEqual([false])
    }
  })

  it('does not believe a label: the tensors say F16, and a note says that the label does not', async () => {
    const labelled = { ...(recordedJson('tags')['models'] as Record<string, unknown>[])[0], name: 'specimen:e4m3-sim' }
    const { engine } = await start((request) => {
      if (request.path === '/api/tags') return json({ models: [labelled] })
      return request.path === '/api/show' ? recorded('show-labelled') : recorded('ps-empty')
    })
    const [row] = await engine.list()
    expect(row?.precision).toMatchObject({ name: 'F16', simulated: false })
    expect(row?.notes).toEqual([expect.stringContaining('E4M3-sim')])
  })

  it('takes a simulated precision from what the file says of itself', async () => {
    const show = recordedJson('show-labelled')
    const info = { ...(show['model_info'] as object), 'assay.simulated': 'FP8-E4M3' }
    const { engine } = await start((request) => {
      if (request.path === '/api/tags') return json({ models: [(recordedJson('tags')['models'] as unknown[])[0]] })
      return request.path === '/api/show' ? json({ ...show, model_info: info }) : recorded('ps-empty')
    })
    expect((await engine.list())[0]?.precision).toMatchObject({ name: 'FP8-E4M3 (simulated)', simulated: true })
  })

  it('leaves out what runs on somebody else’s machine, and refuses to use it', async () => {
    const [tag] = recordedJson('tags')['models'] as Record<string, unknown>[]
    const cloud = { ...tag, name: 'big:cloud', remote_host: 'https://ollama.com:443' }
    const { engine, server } = await start((request) =>
      request.path === '/api/tags'
        ? json({ models: [cloud] })
        : request.path === '/api/version'
          ? recorded('version')
          : recorded('ps-empty'),
    )
    expect(await engine.list()).toEqual([])
    expect((await errorOf(engine.load('big:cloud', load))).code).toBe('ENGINE_UNSUPPORTED')
    expect(server.asked()).not.toContain('POST /api/generate')
  })

  it('is empty where there is nothing, also where a null stands for it', async () => {
    const empty = await play(['tags-empty', 'ps-empty'])
    expect(await empty.engine.list()).toEqual([])
    const none = await start(() => json({ models: null }))
    expect(await none.engine.list()).toEqual([])
  })

  it('asks for the details of a digest once', async () => {
    const { engine, server } = await withPs('ps')
    await engine.list()
    const first = server.asked().filter((line) => line === 'POST /api/show').length
    await engine.list()
    expect(server.asked().filter((line) => line === 'POST /api/show').length - first).toBe(1)
  })

  it('asks for the tags once where many models are looked up together, and again for the next', async () => {
    const { engine, server } = await play(['tags', 'show-f16', 'ps-empty'])
    const asked = () => server.asked().filter((line) => line === 'GET /api/tags').length
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 40 }, () => engine.describe('specimen:f16', signal)))
    expect(asked()).toBe(1)
    await engine.describe('specimen:f16')
    expect(asked()).toBe(2)
    const stopped = new AbortController()
    const both = [engine.describe('specimen:f16'), engine.describe('specimen:f16', stopped.signal)] as const
    stopped.abort()
    expect((await errorOf(both[1])).code).toBe('CANCELLED')
    expect((await both[0]).variant.ref).toBe('specimen:f16')
  })

  it('asks once for two lists at the same time, and for each of two that can be cancelled', async () => {
    const shows = async (...signals: readonly (AbortSignal | undefined)[]) => {
      const { engine, server } = await play([
        'tags',
        'show-f16',
        'show-native',
        'show-plain',
        'show-q4_K_M',
        'ps-empty',
      ])
      await Promise.all(signals.map((signal) => engine.list(signal)))
      return server.asked().filter((line) => line === 'POST /api/show').length
    }
    const once = await shows(undefined)
    expect(await shows(undefined, undefined)).toBe(once)
    expect(await shows(never(), never())).toBe(2 * once)
  })

  it('fails as a whole when the server goes away in between', async () => {
    const { engine } = await start((request) => {
      if (request.path === '/api/show') return { ...json({}), chunks: ['{'], end: 'break' }
      return answerFrom(['tags', 'ps-empty'])(request)
    })
    expect(['ENGINE_CRASHED', 'ENGINE_ABSENT']).toContain((await errorOf(engine.list())).code)
  })
})

describe('the details of a model', () => {
  it.each([
    ['specimen:f16', 'show-f16', 'go', 'now'],
    ['specimen-native:f16', 'show-native', 'jinja', 'now'],
    ['specimen-native:f16', 'show-native', null, '0.24'],
  ] as const)('%s has a template (%s: %s, %s)', async (ref, show, language, era) => {
    const names = era === 'now' ? ['tags', show, 'ps-empty'] : ['tags', show, 'ps']
    const { engine } = await play(names, era)
    const details = await engine.describe(ref)
    expect(details.templateLanguage).toBe(language)
    expect(details.template === null).toBe(language === null)
    expect(details.tensors).toHaveLength(39)
    expect(details.geometry).toEqual({ layers: 4, kvHeads: 4, headSize: 32, vocabulary: 1536 })
  })

  it('have the parameters that the tag carries', async () => {
    const { engine } = await play(['tags', 'show-f16', 'ps-empty'])
    const { parameters } = await engine.describe('specimen:f16')
    expect(parameters).toEqual({ num_ctx: ['512'], stop: ['<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>'] })
  })

  it('of an unknown model are MODEL_NOT_FOUND, with how to get it', async () => {
    const { engine } = await play(['tags'])
    const error = await errorOf(engine.describe('nowhere-at-all:1b'))
    expect([error.code, error.hint]).toEqual(['MODEL_NOT_FOUND', expect.stringContaining('pull nowhere-at-all:1b')])
  })

  it('are found under the long name too', async () => {
    const { engine } = await play(['tags', 'show-f16', 'ps-empty'])
    expect((await engine.describe('registry.ollama.ai/library/specimen:f16')).variant.ref).toBe('specimen:f16')
  })
})
