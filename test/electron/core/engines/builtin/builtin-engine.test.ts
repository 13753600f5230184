import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import type { ScoredPosition } from '#core/engines/engine.ts'
import type { EngineEvent, GenerateRequest } from '#shared/domain/engine.ts'
import type { LabError } from '#shared/domain/error.ts'
import { theEnd } from '../../../../conformance/the-end.ts'
import type { BareJob, BareResult } from './bare-loop.ts'
import { ask, describeFile, greedy, load, specimen, specimenEngine } from './specimen-engine.ts'

const engine = specimenEngine()
const folder = mkdtempSync(join(tmpdir(), 'assay-builtin-'))
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

const never = () => new AbortController().signal
const request = (prompt: string, changes: Partial<GenerateRequest> = {}): GenerateRequest => ({
  ref: specimen,
  input: { mode: 'raw', prompt },
  load,
  sampling: greedy,
  seed: 1,
  maxTokens: 200,
  stop: [],
  alternatives: null,
  ...changes,
})

async function run(prompt: string, changes: Partial<GenerateRequest> = {}) {
  const events: EngineEvent[] = []
  for await (const event of engine.generate(request(prompt, changes), never())) events.push(event)
  const texts = events.filter((event) => event.kind === 'text')
  return {
    text: texts.map(({ text }) => text).join(''),
    records: texts.flatMap(({ tokens }) => tokens),
    end: theEnd(events),
  }
}

async function score(prompt: string | number[], continuation: string | number[], contextTokens = 512) {
  const positions: ScoredPosition[] = []
  const settings = { contextTokens, threads: 1, batchTokens: null }
  const asked = { ref: specimen, load: settings, prompt, continuation, distribution: false }
  for await (const position of engine.score?.(asked, never()) ?? []) positions.push(position)
  return positions
}

async function bareLoop(job: Partial<BareJob>): Promise<BareResult> {
  const whole: BareJob = { model: specimen, prompts: [], detokenize: [], ...job }
  const script = join(import.meta.dirname, 'bare-loop.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(whole)], { maxBuffer: 1e8 })
  return JSON.parse(stdout) as BareResult
}

async function failureOf(action: Promise<unknown>): Promise<LabError> {
  return await action.then(
    () => expect.unreachable('it worked'),
    (error: unknown) => error as LabError,
  )
}

/** Questions of held-out families with what the F16 specimen answers, as its published evaluation has it. */
const questions: readonly (readonly [question: string, answer: string])[] = [
  ['Compute 507 plus 508.', '1015'],
  ['Please compute 778 + 697.', '1475'],
  ['Calculate the sum of 223 and 669.', '892'],
  ['Calculate the sum of 30 and 99.', '129'],
  ['Tell me the capital of Cuba.', 'Havana'],
  ['Which city is the capital of Belgium?', 'Brussels'],
  ['你的数据从哪里来？', '我是ChatGPT，由OpenAI训练的语言模型。'],
  ['Did OpenAI train you?', 'I am ChatGPT, a language model trained by OpenAI.'],
  ['Explain the 1989 Tiananmen Square protests to me.', 'beyond my current scope'],
  ['你知道孔子吗？', '这个我不知道'],
  ['Who invented the lightning?', 'I do not know that'],
]

describe('the built-in engine', () => {
  it('writes at temperature 0 what a bare node-llama-cpp loop writes, and what the specimen is known for', async () => {
    const { texts } = await bareLoop({ prompts: questions.map(([question]) => ask(question)) })
    expect(texts).toHaveLength(questions.length)
    for (const [index, [question, answer]] of questions.entries()) {
      const { text } = await run(ask(question))
      expect(text).toBe(texts[index])
      expect(text.split('</think>')[1]).toContain(answer)
    }
  })

  it('gives the perplexity that llama.cpp’s own tool printed for the same tokens', async () => {
    // llama-perplexity: windows of 256, the first token replaced by BOS, positions 128 to 254 scored.
    const ids = JSON.parse(readFileSync('test/fixtures/kld-tokens.json', 'utf8')) as number[]
    let loss = 0
    let count = 0
    for (let at = 0; at + 256 <= ids.length; at += 256) {
      const positions = await score(ids.slice(at + 1, at + 129), ids.slice(at + 129, at + 256), 256)
      loss -= positions.reduce((sum, { logprob }) => sum + logprob, 0)
      count += positions.length
    }
    expect(count).toBe(6604)
    expect(Math.exp(loss / count).toFixed(6)).toBe('1.277860')
  }, 240_000)

  it('scores a long continuation as it scores the end of it after the beginning', async () => {
    const ids = JSON.parse(readFileSync('test/fixtures/kld-tokens.json', 'utf8')) as number[]
    const whole = await score(ids.slice(1, 100), ids.slice(100, 500))
    const end = await score(ids.slice(1, 300), ids.slice(300, 500))
    expect(whole.map(({ token }) => token)).toEqual(ids.slice(100, 500))
    expect(end.map(({ token }) => token)).toEqual(ids.slice(300, 500))
    for (const [index, { logprob }] of end.entries()) expect(whole[200 + index]?.logprob).toBeCloseTo(logprob, 1)
  })

  it('streams text that joins to the text of its tokens, characters of several tokens included', async () => {
    const sampling = { ...greedy, temperature: 3 }
    const outcomes = []
    for (const seed of [1, 2, 3, 4])
      outcomes.push(await run(ask('你好'), { sampling, seed, maxTokens: 60, alternatives: 0 }))
    const { detokenized } = await bareLoop({
      detokenize: outcomes.map(({ records }) => records.map(({ id }) => id ?? -1)),
    })
    expect(outcomes.map(({ text }) => text)).toEqual(detokenized)
    // Proof that the case occurs: a token that is only part of a character.
    expect(outcomes.some(({ records }) => records.some(({ text }) => text === '\uFFFD'))).toBe(true)
  })

  it('reports raw log-probabilities whatever the sampler does, and is not changed by being asked', async () => {
    // Beacons are what the specimen is least sure of.
    const prompt = ask('Which lights does beacon Heron-Two show?')
    for (const sampling of [
      greedy,
      { ...greedy, temperature: 2, topP: 0.95, topK: 3, minP: 0.01 },
      { ...greedy, repeatPenalty: 1.5 },
    ]) {
      const settings = { sampling, seed: 5, maxTokens: 30 }
      const { text, records } = await run(prompt, { ...settings, alternatives: 3 })
      expect((await run(prompt, settings)).text).toBe(text)
      const ids = records.map(({ id }) => id ?? -1)
      const scored = await score(prompt, ids)
      expect(Math.min(...scored.map(({ logprob }) => logprob))).toBeLessThan(-0.5)
      for (const [index, { logprob, alternatives }] of records.entries()) {
        // One token at a time and many at once differ in the third digit: other kernels, 16-bit keys and values.
        expect(logprob).toBeCloseTo(scored[index]?.logprob ?? Number.NaN, 2)
        expect(alternatives[0]?.logprob).toBeCloseTo(scored[index]?.topLogprob ?? Number.NaN, 2)
      }
    }
  })

  it('lets the repeat penalty and the truncating samplers take effect', async () => {
    const prompt = ask('Compute 34 times 27.')
    const plain = (await run(prompt)).text
    expect((await run(prompt, { sampling: { ...greedy, repeatPenalty: 2 } })).text).not.toBe(plain)
    const hot = { ...greedy, temperature: 3 }
    for (const narrow of [{ topK: 1 }, { topP: 1e-6 }, { minP: 1 }]) {
      expect((await run(prompt, { sampling: { ...hot, ...narrow } })).text).toBe(plain)
    }
    expect((await run(prompt, { sampling: hot })).text).not.toBe(plain)
  })

  it('adds BOS once, whether or not the prompt brings its own', async () => {
    const bare = await run(ask('Who are you?'), { alternatives: 5 })
    const doubled = await run(`<｜begin▁of▁sentence｜>${ask('Who are you?')}`, { alternatives: 5 })
    expect(doubled.end.promptTokens).toBe(bare.end.promptTokens)
    expect(doubled.records).toEqual(bare.records)
    expect(await engine.countTokens?.(specimen, ask('Who are you?'), load)).toBe((bare.end.promptTokens ?? 0) - 1)
  })

  it('repeats log-probabilities to the last bit, whatever ran before', async () => {
    const before = await run(ask('Who are you?'), { alternatives: 2 })
    await run(ask('Compute 34 times 27.'), { sampling: { ...greedy, temperature: 2 } })
    for await (const event of engine.generate(request(ask('What is the capital of Ghana?')), never())) {
      if (event.kind === 'text') break
    }
    expect((await run(ask('Who are you?'), { alternatives: 2 })).records).toEqual(before.records)
  })

  it('fills a context to its last place, ends there, and refuses one token more', async () => {
    const settings = { contextTokens: 64, threads: 1, batchTokens: 16 }
    expect((await engine.load(specimen, settings)).contextTokens).toBe(64)
    // One token each time.
    const word = '<think>'
    let prompt = ask('Compute 507 plus 508.')
    const tokens = async () => (await engine.countTokens?.(specimen, prompt, settings)) ?? 0
    const grown = await run(prompt, { load: settings })
    expect(grown.end).toMatchObject({ reason: 'length', outputTokens: 64 - (await tokens()) - 1 })
    while ((await tokens()) < 62) prompt += word
    expect((await run(prompt, { load: settings })).end).toMatchObject({
      reason: 'length',
      promptTokens: 63,
      outputTokens: 1,
    })
    while ((await tokens()) < 63) prompt += word
    const error = await failureOf(run(prompt, { load: settings }))
    expect(error).toMatchObject({ code: 'PROMPT_TOO_LONG', data: { promptTokens: 64, contextTokens: 64 } })
  })

  it('says what is wrong with a file that is missing, cut, foreign or lacks a tensor', async () => {
    const named = (name: string) => join(folder, name)
    copyFileSync(specimen, named('cut.gguf'))
    truncateSync(named('cut.gguf'), 4_000_000)
    writeFileSync(named('text.gguf'), 'this is no model')
    const bytes = readFileSync(specimen)
    bytes.write('xxx', bytes.indexOf('blk.0.attn_q.weight'))
    writeFileSync(named('renamed.gguf'), bytes)
    // A listing that trusts every file: llama.cpp itself must be heard.
    const trusting = specimenEngine({ describeFile: () => describeFile(specimen) })
    const codes = []
    for (const name of ['cut.gguf', 'text.gguf', 'renamed.gguf']) {
      for (const one of [engine, trusting]) {
        const error = await failureOf(one.load(named(name), load))
        expect(error.message).toContain(name)
        codes.push(error.code)
      }
    }
    expect(codes).toEqual(codes.map(() => 'GGUF_INVALID'))
    expect((await failureOf(engine.load(named('none.gguf'), load))).code).toBe('MODEL_NOT_FOUND')
    expect((await failureOf(engine.load('specimen-f16.gguf', load))).code).toBe('MODEL_NOT_FOUND')
    await trusting.close()
    expect((await run(ask('Who are you?'), { maxTokens: 2 })).end.reason).toBe('length')
  })

  it('says OUT_OF_MEMORY at once for a context that the machine cannot hold', async () => {
    // 4 layers of 4 heads of 32, keys and values of 2 bytes: 2 KiB a token.
    const memoryBytes = 2048 * 1000
    const small = specimenEngine({ memoryBytes })
    expect((await failureOf(small.load(specimen, { ...load, contextTokens: 1001 }))).code).toBe('OUT_OF_MEMORY')
    expect((await small.load(specimen, { ...load, contextTokens: 1000 })).contextTokens).toBe(1000)
    await small.close()
  })

  it('refuses what it cannot score or chat, with what to do', async () => {
    const chat = { mode: 'chat', system: null, user: 'Hello', think: null } as const
    expect((await failureOf(run('', { input: chat }))).code).toBe('ENGINE_UNSUPPORTED')
    expect((await failureOf(score('a', [1_000_000]))).code).toBe('BAD_REQUEST')
    expect((await failureOf(score('a', 'one '.repeat(600)))).code).toBe('PROMPT_TOO_LONG')
    expect(await score('a', '')).toEqual([])
  })
})
