import { describe, expect, it } from 'vitest'
import { generate, playVersioned, promptOf, replying, sent } from './generations.ts'
import { question, rawRequest } from './playback-engine.ts'
import { ndjson } from './playback-server.ts'

describe('what is sent leaves nothing to a default', () => {
  it('every option by name, no cutting, no shifting, raw and without think parsing', async () => {
    const { engine, server } = await playVersioned(['generate-raw'])
    await generate(engine, rawRequest(question, { load: { contextTokens: 512, threads: 2, batchTokens: 64 } }))
    expect(sent(server)).toEqual({
      model: 'specimen:f16',
      prompt: question,
      raw: true,
      think: false,
      stream: true,
      truncate: false,
      shift: false,
      keep_alive: '10m',
      options: {
        num_ctx: 512,
        num_batch: 64,
        num_thread: 2,
        num_predict: 200,
        temperature: 0,
        top_p: 1,
        top_k: 0,
        min_p: 0,
        typical_p: 1,
        repeat_penalty: 1,
        presence_penalty: 0,
        frequency_penalty: 0,
        seed: 1,
        stop: [],
      },
    })
  })

  it('num_predict 0, which would be without end, is sent as 1', async () => {
    const { engine, server } = await playVersioned(['generate-raw'])
    await generate(engine, rawRequest(question, { maxTokens: 0 }))
    expect(sent(server)?.['options']).toMatchObject({ num_predict: 1 })
  })

  it('a context length and a batch are sent also where nobody chose a batch', async () => {
    const { engine, server } = await playVersioned(['generate-raw'])
    await generate(engine, rawRequest(question))
    expect(sent(server)?.['options']).toMatchObject({ num_ctx: 512, num_batch: 512, num_thread: 1 })
  })

  it('the begin mark is sent never, because the server adds one', async () => {
    const { engine, server } = await playVersioned(['generate-raw'])
    const { end } = await generate(engine, rawRequest(`<｜begin▁of▁sentence｜>${question}`))
    expect(sent(server)?.['prompt']).toBe(question)
    expect(end?.promptTokens).toBe(15)
  })

  it('an empty prompt, which would only load the model, is refused', async () => {
    const { engine, server } = await playVersioned([])
    expect((await generate(engine, rawRequest('<｜begin▁of▁sentence｜>'))).ended).toBe('BAD_REQUEST')
    expect(server.asked()).toEqual(['GET /api/version'])
  })
})

describe('a generation', () => {
  it.each([['now'], ['0.24']] as const)(
    'keeps the text of a raw prompt byte for byte, tags and all (%s)',
    async (era) => {
      const { engine } = await playVersioned(['generate-raw'], era)
      const { text, events, end } = await generate(engine, rawRequest(question))
      expect(text).toBe(
        '<think>\nDigits from the right: 7+3=10, 4+5+1=10, 2+6+1=9. So 247+653=900.\n</think>\n\n247 + 653 = 900',
      )
      expect(events.every((event) => event.kind === 'end' || event.thinking === null)).toBe(true)
      expect(end).toMatchObject({ reason: 'stop', promptTokens: 15, outputTokens: 64 })
    },
  )

  it('reports the engine’s times in milliseconds', async () => {
    const { engine } = await playVersioned(['generate-raw'])
    const { end } = await generate(engine, rawRequest(question))
    expect(end?.timings).toMatchObject({ promptMs: 1.322, generateMs: 56.782 })
    expect(end?.timings.totalMs).toBeGreaterThanOrEqual(end?.timings.firstTokenMs ?? Number.NaN)
  })

  it('takes a zero that the server left out for no time said, and no tokens for none', async () => {
    const { engine } = await replying(ndjson({ response: '', done: true, done_reason: 'stop' }))
    const { end } = await generate(engine, rawRequest(question))
    expect(end).toMatchObject({ outputTokens: 0, promptTokens: null, timings: { promptMs: null, generateMs: null } })
    expect(end?.timings.firstTokenMs).toBeNull()
  })

  it('takes counts and times that cannot be for none', async () => {
    const end = async (eval_count: number, eval_duration: number) => {
      const { engine } = await replying(
        ndjson({ response: '', done: true, done_reason: 'stop', eval_count, eval_duration }),
      )
      return (await generate(engine, rawRequest(question, { maxTokens: 64 }))).end
    }
    expect(await end(Number.MAX_SAFE_INTEGER, 5e9)).toMatchObject({ outputTokens: null })
    expect(await end(60, 1)).toMatchObject({ outputTokens: 60, timings: { generateMs: null } })
    expect(await end(60, 6e7)).toMatchObject({ outputTokens: 60, timings: { generateMs: 60 } })
  })

  it('uses one connection for one after the other', async () => {
    const { engine, server } = await playVersioned(['generate-raw'])
    for (let count = 0; count < 5; count += 1) await generate(engine, rawRequest(question))
    expect(server.connections()).toBe(1)
  })

  it('goes on when the model process hangs for a while', async () => {
    const { engine } = await playVersioned(['runner-stopped'])
    const { ended, end } = await generate(engine, rawRequest(promptOf('runner-stopped')))
    expect([ended, end?.outputTokens]).toEqual(['stop', 115])
  })
})
