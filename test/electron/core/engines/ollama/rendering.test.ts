import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { memoryServer } from './memory-server.ts'
import { play, start } from './open-engine.ts'
import { errorOf, load } from './playback-engine.ts'
import { answerFrom, json, recorded, recordedJson } from './playback-server.ts'

describe('rendering', () => {
  const message = { system: null, user: 'What is 247 + 653?' }
  const expected = '<｜User｜>What is 247 + 653?<｜Assistant｜>'

  it('is the engine’s own, without begin mark, named by its template', async () => {
    const { engine } = await play(['generate-render', 'tags', 'show-f16', 'ps-empty'])
    const { template } = recordedJson('show-f16')
    const templateHash = `sha256:${createHash('sha256').update(String(template)).digest('hex')}`
    expect(await engine.render('specimen:f16', message, load)).toEqual({ text: expected, by: 'engine', templateHash })
  })

  it('in ChatML, because a process is shared, is noticed and asked again from a new process', async () => {
    const memory = memoryServer(['specimen:f16'])
    // ps hides the sharer, as it does when the process was taken over: only the text shows it.
    let asked = 0
    const { engine, server } = await start((request) => {
      if (request.path !== '/api/chat') return memory.answer(request)
      asked += 1
      return recorded(asked === 1 ? 'native-render-after-go' : 'native-render')
    })
    expect(await engine.render('specimen-native:f16', message, load)).toMatchObject({ text: expected, by: 'engine' })
    expect(server.asked().filter((line) => line === 'POST /api/chat')).toHaveLength(2)
  })

  it('unloads the sharer first where ps shows it, and is right at once', async () => {
    const { engine, server } = await start(memoryServer(['specimen:f16']).answer)
    expect(await engine.render('specimen-native:f16', message, load)).toMatchObject({ text: expected, by: 'engine' })
    expect(server.asked().filter((line) => line === 'POST /api/chat')).toHaveLength(1)
  })

  it('that stays wrong is done with the family’s own template', async () => {
    const memory = memoryServer([])
    const { engine } = await start((request) =>
      request.path === '/api/chat' ? recorded('native-render-after-go') : memory.answer(request),
    )
    const rendered = await engine.render('specimen-native:f16', { system: 'Be brief.', user: 'Hi' }, load)
    expect(rendered).toMatchObject({ text: 'Be brief.<｜User｜>Hi<｜Assistant｜>', by: 'family' })
  })

  it('of an older server without a template is done with the family’s own', async () => {
    const { engine } = await start((request) => {
      if (request.path === '/api/chat')
        return json({ message: { role: '', content: '' }, done: false, _debug_info: { rendered_template: 'Hi' } })
      return request.path === '/api/ps' ? json({ models: [] }) : answerFrom(['tags', 'show-native'], '0.24')(request)
    })
    const rendered = await engine.render('specimen-native:f16', { system: null, user: 'Hi' }, load)
    expect(rendered).toMatchObject({ text: '<｜User｜>Hi<｜Assistant｜>', by: 'family' })
  })

  it('that the server does not know is not taken for an answer', async () => {
    const { engine, server } = await start((request) =>
      request.path === '/api/chat' ? recorded('chat-whole') : answerFrom(['tags', 'show-f16', 'ps-empty'])(request),
    )
    expect(await engine.render('specimen:f16', message, load)).toMatchObject({ text: expected, by: 'family' })
    expect(server.requests.find(({ path }) => path === '/api/chat')?.body).toMatchObject({
      options: { num_predict: 1 },
    })
  })

  it('of an unknown family that nobody can do fails with what to do', async () => {
    const show = recordedJson('show-plain')
    const info = { ...(show['model_info'] as object), 'tokenizer.ggml.pre': 'other' }
    const { engine } = await start((request) => {
      if (request.path === '/api/chat') return recorded('chat-whole')
      if (request.path === '/api/show') return json({ ...show, template: '{{ .Prompt }}', model_info: info })
      return answerFrom(['tags', 'ps-empty'])(request)
    })
    const error = await errorOf(engine.render('specimen:f16', message, load))
    expect([error.code, error.hint]).toEqual(['ENGINE_UNSUPPORTED', expect.stringContaining('Update')])
  })
})
