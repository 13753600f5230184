import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { closeAtEnd, play, start } from './open-engine.ts'
import { engineAt, errorOf, load } from './playback-engine.ts'
import { json, recorded } from './playback-server.ts'

describe('the status of an endpoint', () => {
  it.each([
    ['now', '0.32.15'],
    ['0.24', '0.24.0'],
  ] as const)('is ready with its version (%s)', async (era, version) => {
    const { engine } = await play(['version'], era)
    expect(await engine.status()).toMatchObject({ state: 'ready', version, remote: false, kind: 'ollama' })
  })

  it('is absent where nobody listens, with a hint how to get one there', async () => {
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    for (const given of [{}, { fetch: globalThis.fetch }]) {
      const engine = engineAt(`http://127.0.0.1:${port}`, given)
      closeAtEnd(engine)
      const status = await engine.status()
      expect(status).toMatchObject({ state: 'absent', reason: expect.stringContaining('ECONNREFUSED') })
      expect(status).toMatchObject({ hint: expect.stringContaining('ollama serve') })
      expect((await errorOf(engine.features())).code).toBe('ENGINE_ABSENT')
    }
  })

  it('of a machine that nobody knows is absent, and remote', async () => {
    const engine = engineAt('http://nowhere.invalid:11434')
    closeAtEnd(engine)
    expect(await engine.status()).toMatchObject({
      state: 'absent',
      remote: true,
      hint: expect.stringContaining('reachable'),
    })
  })

  it('of an old server is broken, and says what is needed', async () => {
    const { engine } = await start(() => json({ version: '0.5.7' }))
    expect(await engine.status()).toMatchObject({ state: 'broken', reason: expect.stringContaining('0.12.6') })
    expect((await errorOf(engine.features())).code).toBe('ENGINE_TOO_OLD')
    expect((await errorOf(engine.load('specimen:f16', load))).code).toBe('ENGINE_TOO_OLD')
  })

  it.each([
    ['a web page', { status: 200, contentType: 'text/html', chunks: ['<html>'], end: 'end' }],
    ['other JSON', json({ hello: 1 })],
    ['nothing', { status: 200, contentType: null, chunks: [], end: 'end' }],
    ['no JSON', { status: 200, contentType: 'application/json', chunks: ['hello'], end: 'end' }],
    ['a reply that breaks off', { status: 200, contentType: 'application/json', chunks: ['{"ver'], end: 'break' }],
    ['a refusal of its name', recorded('wrong-host')],
  ] as const)('is broken for %s, and never throws', async (_, reply) => {
    const { engine } = await start(() => reply)
    expect(await engine.status()).toMatchObject({ state: 'broken' })
  })

  it('is broken for a server that speaks something else', async () => {
    const server = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.9\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const engine = engineAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    closeAtEnd(engine, { close: () => new Promise((resolve) => server.close(() => resolve())) })
    expect(await engine.status()).toMatchObject({ state: 'broken', reason: expect.stringContaining('not Ollama') })
  })
})
