import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import { tempFolder } from '../../../../fixtures/temp-folder.ts'
import { all, manager } from './managed-models.ts'
import { memoryServer } from './memory-server.ts'
import { play, start } from './open-engine.ts'
import { errorOf, never } from './playback-engine.ts'
import { answerFrom, json, ndjson, recorded, recordedJson } from './playback-server.ts'

describe('pulling', () => {
  const name = 'http://127.0.0.1:11600/library/specimen:f16'

  it('tells bytes that never fall, and ends when the server says so', async () => {
    const { engine, server } = await start(() => recorded('pull-resumed'))
    const told = await all(manager(engine).pull(name, never()))
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(told[1]).toMatchObject({ doneBytes: 3_276_800, totalBytes: 7_927_040 })
    expect(told.at(-1)).toMatchObject({ step: 'success', doneBytes: 7_927_040, totalBytes: 7_927_040 })
    expect(server.requests[0]?.body).toMatchObject({ name, insecure: true, stream: true })
  })

  it('asks for no insecure way by itself', async () => {
    const { engine, server } = await start(() => recorded('pull-again'))
    await all(manager(engine).pull('specimen:f16', never()))
    expect(server.requests[0]?.body['insecure']).toBe(false)
  })

  it('cancelled closes the connection, which is how Ollama is told to stop', async () => {
    const { engine, server } = await start(() => ({ ...recorded('pull-cancelled'), end: 'stay-open' }))
    const stop = new AbortController()
    const error = await errorOf(
      (async () => {
        for await (const { doneBytes } of manager(engine).pull(name, stop.signal)) if (doneBytes > 0) stop.abort()
      })(),
    )
    expect(error.code).toBe('CANCELLED')
    await server.clientGone
  })

  it.each([
    ['pull-missing', 'MODEL_NOT_FOUND'],
    ['pull-unreachable', 'ENGINE_FAILED'],
    ['pull-cancelled', 'STREAM_CUT'],
  ])('%s is %s', async (recording, code) => {
    const { engine } = await start(() => recorded(recording))
    const error = await errorOf(all(manager(engine).pull(name, never())))
    expect(error.code).toBe(code)
    expect(error.hint).not.toBeNull()
  })

  it('onto a full disk says so', async () => {
    const { engine } = await start(() =>
      ndjson({ status: 'pulling manifest' }, { error: 'write /m: no space left on device' }),
    )
    expect((await errorOf(all(manager(engine).pull('a:b', never())))).code).toBe('DISK_FULL')
  })
})

describe('deleting, copying and finding the file', () => {
  it('deletes what is loaded only after unloading it', async () => {
    const memory = memoryServer(['specimen:f16'])
    const { engine, server } = await start((request) =>
      request.method === 'DELETE' ? recorded('delete') : memory.answer(request),
    )
    await manager(engine).delete('specimen:f16')
    expect(server.asked().slice(-1)).toEqual(['DELETE /api/delete'])
    expect([...memory.loaded]).toEqual([])
  })

  it.each([
    ['delete-missing', (engine: Engine) => manager(engine).delete('specimen-copy:f16')],
    ['copy-missing', (engine: Engine) => manager(engine).copy('nowhere-at-all:1b', 'x:y')],
  ])('%s is MODEL_NOT_FOUND', async (recording, action) => {
    const { engine } = await start((request) =>
      request.path === '/api/ps' ? recorded('ps-empty') : recorded(recording),
    )
    expect((await errorOf(action(engine))).code).toBe('MODEL_NOT_FOUND')
  })

  it('copies', async () => {
    const { engine, server } = await start(() => recorded('copy'))
    await manager(engine).copy('specimen:f16', 'specimen-copy:f16')
    expect(server.requests[0]?.body).toEqual({ source: 'specimen:f16', destination: 'specimen-copy:f16' })
  })

  it('finds the weights where the blob is on this machine, and only there', async () => {
    const elsewhere = await play(['tags', 'show-f16'])
    expect(await manager(elsewhere.engine).weightsFile('specimen:f16')).toBeNull()
    const folder = tempFolder()
    const blob = join(folder, `sha256-${'0'.repeat(64)}`)
    await writeFile(blob, 'GGUF')
    const here = await start((request) =>
      request.path === '/api/show'
        ? json({ ...recordedJson('show-f16'), modelfile: `# a\nFROM ${blob}\n` })
        : answerFrom(['tags'])(request),
    )
    expect(await manager(here.engine).weightsFile('specimen:f16')).toBe(blob)
  })
})
