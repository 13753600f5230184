import { describe, expect, it } from 'vitest'
import { generate, playVersioned, sent } from './generations.ts'
import { chatRequest } from './playback-engine.ts'

describe('the chat of an app', () => {
  const user = 'What is 247 + 653?'
  const facts = ['tags', 'show-f16', 'show-native', 'show-plain', 'ps-empty']

  it('comes in two parts where the template is Go', async () => {
    const { engine } = await playVersioned(['chat-think', ...facts])
    const { thinking, answer } = await generate(engine, chatRequest('specimen:f16', user))
    expect(thinking).toMatch(/^Digits from the right/)
    expect(answer).toBe('247 + 653 = 900')
  })

  it('comes in two parts, white space kept, where the template is in the GGUF', async () => {
    const { engine } = await playVersioned(['native-chat', ...facts])
    const { thinking, answer } = await generate(engine, chatRequest('specimen-native:f16', user))
    expect(thinking).toMatch(/^\nDigits/)
    expect(answer).toBe('\n\n247 + 653 = 900')
  })

  it('is not parted where the server knows no thinking: the tags are for us to find', async () => {
    const { engine } = await playVersioned(['plain-inline', ...facts])
    const { text, thinking, answer } = await generate(engine, chatRequest('specimen-plain:f16', user))
    expect([thinking, answer]).toEqual(['', ''])
    expect(text).toMatch(/^<think>\nDigits[^]*<\/think>/)
  })

  it('is all answer where the engine parts and no thinking came', async () => {
    const { engine } = await playVersioned(['chat-empty-thinking', ...facts])
    const { thinking, answer, text } = await generate(
      engine,
      chatRequest('specimen:f16', '1989年天安门广场发生了什么？'),
    )
    expect([thinking, answer]).toEqual(['', text])
    expect(text).toMatch(/^对不起/)
  })

  it('sends the tag’s own stops by name, as an app would have them', async () => {
    const { engine, server } = await playVersioned(['chat-think', ...facts])
    await generate(engine, { ...chatRequest('specimen:f16', user), stop: ['X'] })
    const options = sent(server, '/api/chat')?.['options']
    expect(options).toMatchObject({ stop: ['<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>', 'X'] })
    expect(sent(server, '/api/chat')).not.toHaveProperty('think')
  })

  it('refuses think false where the template would ignore it, and sends it where it would not', async () => {
    const { engine, server } = await playVersioned(['chat-think-false', 'native-chat-think-false', ...facts])
    const ignored = await generate(engine, chatRequest('specimen-native:f16', user, false))
    expect(ignored.ended).toBe('ENGINE_UNSUPPORTED')
    expect(ignored.error?.hint).toContain('suppressed')
    expect(server.asked()).not.toContain('POST /api/chat')
    const obeyed = await generate(engine, chatRequest('specimen:f16', user, false))
    expect(sent(server, '/api/chat')?.['think']).toBe(false)
    expect([obeyed.ended, obeyed.thinking]).toEqual(['stop', ''])
  })

  it('says so when thinking is asked of a model that has none', async () => {
    const { engine } = await playVersioned(['think-without-capability', ...facts])
    const { ended, error } = await generate(engine, chatRequest('specimen-plain:f16', user, true))
    expect(ended).toBe('ENGINE_UNSUPPORTED')
    expect(error?.message).toContain('does not support thinking')
  })
})
