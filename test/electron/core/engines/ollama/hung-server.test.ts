import { describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import { patiences, type Patiences } from '#core/engines/ollama/patience.ts'
import { start } from './open-engine.ts'
import { errorOf, load } from './playback-engine.ts'
import { answerFrom, json, recorded, silence, type Playback } from './playback-server.ts'

/** Gives up soon, so that nobody waits; the order of the limits is the real one. */
const soon: Patiences = {
  greeting: { limitMs: 150, probe: null },
  quick: { limitMs: 20_000, probe: { everyMs: 20, withinMs: 150 } },
  glance: { limitMs: 50, probe: null },
  long: { limitMs: null, probe: { everyMs: 20, withinMs: 150 } },
}
/** Asks often, and believes in the server however slow this machine is. */
const trusting: Patiences = {
  ...patiences,
  quick: { limitMs: 20_000, probe: { everyMs: 5, withinMs: 20_000 } },
  glance: { limitMs: 50, probe: null },
  long: { limitMs: null, probe: { everyMs: 5, withinMs: 20_000 } },
}

const models = answerFrom(['tags', 'show-f16', 'ps-empty', 'version'])
const versionsAsked = (server: Playback) => server.asked().filter((line) => line === 'GET /api/version').length
/** Resolves when the server has been asked so often whether it is alive. */
async function asked(server: () => Playback, times: number): Promise<void> {
  while (versionsAsked(server()) < times) await new Promise((resolve) => setTimeout(resolve, 2))
}

describe('a server that takes connections and answers nothing', () => {
  it('is broken, and what to do is said', async () => {
    const { engine } = await start(() => silence, { patience: soon })
    expect(await engine.status()).toMatchObject({
      state: 'broken',
      reason: expect.stringContaining('answers nothing'),
      hint: expect.stringContaining('start it again'),
    })
  })

  it.each([
    ['list', (engine: Engine) => engine.list()],
    ['describe', (engine: Engine) => engine.describe('specimen:f16')],
    ['features', (engine: Engine) => engine.features()],
    ['load', (engine: Engine) => engine.load('specimen:f16', load)],
    ['unload', (engine: Engine) => engine.unload('specimen:f16')],
    ['render', (engine: Engine) => engine.render('specimen:f16', { system: null, user: 'hello' }, load)],
    ['delete', async (engine: Engine) => engine.models?.delete('specimen:f16')],
    ['copy', async (engine: Engine) => engine.models?.copy('specimen:f16', 'other')],
  ] as const)('is found out by %s', async (_, action) => {
    const { engine } = await start(() => silence, { patience: soon })
    const error = await errorOf(action(engine))
    expect([error.code, error.hint]).toEqual(['ENGINE_TIMEOUT', expect.stringContaining('start it again')])
  })

  it('is found out too when it stops in the middle of a load', async () => {
    const state = { hangs: false }
    const { engine } = await start(
      (request) => {
        state.hangs ||= request.path === '/api/generate'
        return state.hangs ? silence : models(request)
      },
      { patience: soon },
    )
    expect((await errorOf(engine.load('specimen:f16', load))).code).toBe('ENGINE_TIMEOUT')
  })

  it('is found out in seconds, while a load has no limit', () => {
    const { greeting, quick, long } = patiences
    expect(greeting.limitMs).toBeLessThanOrEqual(5000)
    expect((quick.probe?.everyMs ?? 0) + (quick.probe?.withinMs ?? 0)).toBeLessThanOrEqual(6000)
    expect(long.limitMs).toBeNull()
  })
})

describe('a server that is slow, but alive', () => {
  it('is waited for as long as it says its version', async () => {
    const { engine, server } = await start(
      async (request) => {
        if (request.path === '/api/tags') await asked(() => server, 3)
        return models(request)
      },
      { patience: trusting },
    )
    expect(await engine.describe('specimen:f16')).toMatchObject({ variant: { ref: 'specimen:f16' } })
  })

  it('is not waited for without end', async () => {
    const { engine } = await start((request) => (request.path === '/api/tags' ? silence : models(request)), {
      patience: { ...trusting, quick: { limitMs: 100, probe: { everyMs: 5, withinMs: 20_000 } } },
    })
    const error = await errorOf(engine.list())
    expect([error.code, error.message]).toEqual(['ENGINE_TIMEOUT', expect.stringContaining('busy')])
  })

  it('loads for as long as it takes', async () => {
    const { engine, server } = await start(
      async (request) => {
        if (request.path === '/api/generate') await asked(() => server, 5)
        if (request.path === '/api/generate') return json({ response: '', done: true, done_reason: 'load' })
        const loaded = server.asked().includes('POST /api/generate')
        return request.path === '/api/ps' && loaded ? recorded('ps') : models(request)
      },
      { patience: trusting },
    )
    expect((await engine.load('specimen:f16', load)).engineVersion).toBe('0.32.15')
  })

  it('is listed while it loads another model, when it does not say what is in memory', async () => {
    const { engine } = await start((request) => (request.path === '/api/ps' ? silence : models(request)), {
      patience: trusting,
    })
    const [first] = await engine.list()
    expect(first?.loaded).toBe(false)
  })

  it('that goes away while it is asked is absent, not hung', async () => {
    const { engine, server } = await start((request) => (request.path === '/api/tags' ? silence : undefined), {
      patience: trusting,
    })
    const listing = errorOf(engine.list())
    await asked(() => server, 1)
    await server.close()
    expect(['ENGINE_CRASHED', 'ENGINE_ABSENT']).toContain((await listing).code)
  })
})
