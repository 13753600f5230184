import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CreateRequest, Engine, ModelManager } from '#core/engines/engine.ts'
import { createOllamaEngine } from '#core/engines/ollama/create-ollama-engine.ts'
import { parseOllamaHost } from '#core/engines/ollama/parse-ollama-host.ts'
import { readGguf } from '#core/gguf/read-gguf.ts'
import type { Progress } from '#shared/domain/engine.ts'
import { endpointId } from '#shared/domain/ids.ts'
import { testEngine } from '../../../../conformance/engine.ts'
import { chatRequest, errorOf, outcomeOf, rawRequest } from './playback-engine.ts'
import { readRecording } from './playback-server.ts'

/**
 * Against the server that OLLAMA_HOST names, and only where it is set: nobody's own models are touched by surprise.
 * Makes tags of its own from the specimen, and deletes them.
 */
const name = 'assay-live-test'
const native = `${name}-native:f16`
const load = { contextTokens: 512, threads: 1, batchTokens: null }
const specimen = fileURLToPath(new URL('../../../../../resources/specimen/specimen-f16.gguf', import.meta.url))
const goTemplate = (readRecording('create-f16').request.body as { template: string }).template
const question = '<｜User｜>What is 247 + 653?<｜Assistant｜>'
const message = { system: null, user: 'What is 247 + 653?' }

const makeEngine = (): Engine =>
  createOllamaEngine({ endpoint: endpointId('ollama'), url: parseOllamaHost(process.env).href, checkFile: readGguf })

const skipped = await whyNot()
if (skipped !== null) console.info(`Ollama's live tests are left out: ${skipped}`)

async function whyNot(): Promise<string | null> {
  if (process.env['OLLAMA_HOST'] === undefined) return 'OLLAMA_HOST is not set.'
  const engine = makeEngine()
  const status = await engine.status()
  await engine.close()
  return status.state === 'ready' ? null : status.reason
}

const manager = (engine: Engine): ModelManager => {
  if (engine.models === undefined) throw new Error('an Ollama engine manages models')
  return engine.models
}

async function finish(progress: AsyncIterable<Progress>): Promise<Progress | undefined> {
  let last: Progress | undefined
  let doneBytes = 0
  for await (const told of progress) {
    expect(told.doneBytes).toBeGreaterThanOrEqual(doneBytes)
    doneBytes = told.doneBytes
    last = told
  }
  return last
}

const never = () => new AbortController().signal

const tag = (changes: Partial<CreateRequest> & Pick<CreateRequest, 'name'>): CreateRequest => ({
  file: specimen,
  template: goTemplate,
  system: null,
  parameters: { num_ctx: ['512'], stop: ['<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>'] },
  precisionLabel: null,
  ...changes,
})

afterAll(async () => {
  if (skipped !== null) return
  const engine = makeEngine()
  const own = (await engine.list()).filter(({ ref }) => ref.startsWith(name))
  for (const { ref } of own) await manager(engine).delete(ref)
  await engine.close()
})

describe.skipIf(skipped !== null)(`a live Ollama (${skipped ?? process.env['OLLAMA_HOST']})`, () => {
  let engine: Engine
  beforeAll(async () => {
    engine = makeEngine()
    await finish(manager(engine).create(tag({ name: `${name}:f16` }), never()))
    await finish(manager(engine).create(tag({ name: native, template: null }), never()))
  })
  afterAll(() => engine.close())

  it('makes a tag of a file: its tensors, template and parameters are the file’s and ours', async () => {
    const { variant, parameters, template, templateLanguage } = await engine.describe(`${name}:f16`)
    expect(variant).toMatchObject({ family: name, parameters: 3_934_464, precision: { name: 'F16' }, notes: [] })
    expect(variant.precision.bitsPerWeight).toBeCloseTo(16.0094, 4)
    expect([template, templateLanguage]).toEqual([goTemplate, 'go'])
    expect(parameters['stop']).toEqual(['<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>'])
  })

  it('makes the same again without uploading, and shows a label next to what the tensors say', async () => {
    const ref = `${name}:fp8`
    const last = await finish(
      manager(engine).create(tag({ name: ref, precisionLabel: 'FP8-E4M3 (simulated)' }), never()),
    )
    expect(last?.step).toBe('success')
    const { variant } = await engine.describe(ref)
    // The specimen's own F16 does not simulate anything, whatever the label says.
    expect(variant.precision).toMatchObject({ name: 'F16', simulated: false })
    expect(variant.notes).toEqual([expect.stringContaining('FP8-E4M3 (simulated)')])
  })

  it('quantizes, and the tensors prove it', async () => {
    await finish(manager(engine).quantize(`${name}:f16`, `${name}:q8_0`, 'Q8_0', never()))
    const row = (await engine.list()).find(({ ref }) => ref === `${name}:q8_0`)
    expect(row).toMatchObject({ family: name, precision: { name: 'Q8_0' }, notes: [] })
    expect(row?.precision.bitsPerWeight).toBeCloseTo(8.5138, 4)
    const again = await errorOf(finish(manager(engine).quantize(`${name}:q8_0`, `${name}:bad`, 'Q4_K_M', never())))
    expect(again.code).toBe('ENGINE_UNSUPPORTED')
  })

  it('renders a native tag rightly although another tag of the same weights is in memory', async () => {
    await engine.load(`${name}:f16`, load)
    expect(await engine.render(native, message, load)).toMatchObject({ text: question, by: 'engine' })
    await engine.load(`${name}:f16`, load)
    const { answer, thinking } = await outcomeOf(engine.generate(chatRequest(native, message.user), never()))
    expect(answer.trim()).toBe('247 + 653 = 900')
    expect(thinking).toMatch(/^\nDigits/)
  })

  it('parts thinking from answer in a chat, and keeps them together in a raw generation', async () => {
    const chat = await outcomeOf(engine.generate(chatRequest(`${name}:f16`, message.user), never()))
    expect(chat.thinking).toMatch(/^Digits/)
    expect(chat.answer).toBe('247 + 653 = 900')
    const raw = await outcomeOf(engine.generate(rawRequest(question, { ref: `${name}:f16` }), never()))
    expect(raw.text).toBe(`<think>\n${chat.thinking}</think>\n\n${chat.answer}`)
    expect(raw.end?.outputTokens).toBe(64)
  })

  it('ends a text that repeats itself as repetition', async () => {
    const request = rawRequest('0'.repeat(60), { ref: `${name}:f16`, maxTokens: 400 })
    const { ended, text } = await outcomeOf(engine.generate(request, never()))
    expect([ended, text]).toEqual(['repetition', '0'.repeat(31)])
  })

  it('says that a registry cannot be reached', async () => {
    const error = await errorOf(finish(manager(engine).pull('http://127.0.0.1:9/library/none:f16', never())))
    expect([error.code, error.hint]).toEqual(['ENGINE_FAILED', expect.stringContaining('registry')])
  })

  it('copies, deletes, and does not find what it deleted', async () => {
    await manager(engine).copy(`${name}:f16`, `${name}:copy`)
    await engine.load(`${name}:copy`, load)
    await manager(engine).delete(`${name}:copy`)
    expect((await errorOf(engine.describe(`${name}:copy`))).code).toBe('MODEL_NOT_FOUND')
    expect((await errorOf(manager(engine).delete(`${name}:copy`))).code).toBe('MODEL_NOT_FOUND')
  })
})

if (skipped === null) {
  testEngine({
    name: `Ollama at ${process.env['OLLAMA_HOST']}`,
    make: async () => {
      const engine = makeEngine()
      const known = (await engine.list()).some(({ ref }) => ref === `${name}:f16`)
      if (!known) await finish(manager(engine).create(tag({ name: `${name}:f16` }), never()))
      return engine
    },
    ref: `${name}:f16`,
    load,
    prompt: question,
    maxTokens: 200,
    otherPrompt: '<｜User｜>What is 12 + 30?<｜Assistant｜>',
    longAnswerPrompt: '<｜User｜>Tell me about Hong Kong in 2019.<｜Assistant｜>',
    user: message.user,
    unknownRef: 'nowhere-at-all:1b',
  })
}
