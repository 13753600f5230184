import { describe, expect, it } from 'vitest'
import { generate, replying } from './generations.ts'
import { errorOf, never, question, rawRequest } from './playback-engine.ts'
import { recorded, type Reply } from './playback-server.ts'

describe('cancelling', () => {
  const endless: Reply = {
    ...recorded('generate-raw'),
    chunks: recorded('generate-raw').chunks.slice(0, 3),
    end: 'stay-open',
  }

  it('closes the connection, keeps the text and does not throw', async () => {
    const { engine, server } = await replying(endless)
    const stop = new AbortController()
    const seen: string[] = []
    for await (const event of engine.generate(rawRequest(question), stop.signal)) {
      seen.push(event.kind === 'text' ? event.text : event.reason)
      if (seen.length === 3) stop.abort()
    }
    expect(seen).toEqual(['<think>', '\n', 'Digits', 'cancelled'])
    await server.clientGone
  })

  it('ends the text there, also where all of it had arrived', async () => {
    const whole = recorded('generate-raw')
    const { engine } = await replying({ ...whole, chunks: [whole.chunks.join('')] })
    const stop = new AbortController()
    const seen: string[] = []
    for await (const event of engine.generate(rawRequest(question), stop.signal)) {
      seen.push(event.kind === 'text' ? event.text : event.reason)
      if (seen.length === 3) stop.abort()
    }
    expect(seen).toEqual(['<think>', '\n', 'Digits', 'cancelled'])
  })

  it('works before the reply has begun, as during a load', async () => {
    const { engine, server } = await replying({ ...endless, chunks: [] })
    const stop = new AbortController()
    const outcome = generate(engine, rawRequest(question), stop.signal)
    while (server.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    stop.abort()
    expect((await outcome).ended).toBe('cancelled')
    await server.clientGone
  })

  it('before asking asks nothing', async () => {
    const { engine, server } = await replying(endless)
    expect((await generate(engine, rawRequest(question), AbortSignal.abort())).ended).toBe('cancelled')
    expect(server.asked()).toEqual([])
  })

  it('by walking away closes the connection too', async () => {
    const { engine, server } = await replying(endless)
    for await (const event of engine.generate(rawRequest(question), never())) {
      expect(event.kind).toBe('text')
      break
    }
    await server.clientGone
  })

  it('by closing the engine ends open streams as cancelled, and what comes after is refused', async () => {
    const { engine } = await replying(endless)
    let first = true
    const seen: string[] = []
    for await (const event of engine.generate(rawRequest(question), never())) {
      seen.push(event.kind === 'text' ? event.text : event.reason)
      if (first) await engine.close()
      first = false
    }
    expect(seen.at(-1)).toBe('cancelled')
    expect((await errorOf(engine.list())).code).toBe('CLOSED')
    await engine.close()
  })
})
