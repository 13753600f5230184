import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameFamily } from '#core/engines/ollama/name-family.ts'
import { findWeights, parseParameters, typedParameters } from '#core/engines/ollama/parse-modelfile.ts'
import { plainLength } from '#core/engines/ollama/plain-lines.ts'
import { createProgressMeter } from '#core/engines/ollama/progress-meter.ts'
import { eachLine, readLines } from '#core/engines/ollama/read-lines.ts'
import { generateLine, plainGenerateLine, progressLine, type ProgressLine } from '#core/engines/ollama/replies.ts'
import { isRendered } from '#core/engines/ollama/render-prompt.ts'
import { createRepetitionCounter } from '#core/engines/ollama/repetition.ts'
import { withoutBegin } from '#core/engines/ollama/request-options.ts'
import { featuresOf, oldestSupported, parseVersion } from '#core/engines/ollama/versions.ts'
import { readRecording, type Era } from './playback-server.ts'

describe('the version decides what can be asked', () => {
  it.each([
    ['0.12.6', null],
    ['0.12.10', null],
    ['0.12.11', 20],
    ['0.12.11-rc1', 20],
    ['0.24.0', 20],
    ['0.33.0-rc2', 20],
    ['1.0.0', 20],
    ['v0.32.15', 20],
    ['0.0.0', 20],
  ])('%s gives %s alternatives', (text, maxAlternatives) => {
    expect(featuresOf(parseVersion(text))).toMatchObject({ maxAlternatives, concurrency: 1, score: false, chat: true })
  })

  it.each(['0.12.5', '0.9.0', '0.1.48'])('%s is too old, and the error says what is needed', (text) => {
    expect(() => featuresOf(parseVersion(text))).toThrow(
      expect.objectContaining({ code: 'ENGINE_TOO_OLD', message: expect.stringContaining(oldestSupported) }),
    )
  })

  it.each(['', 'latest', '1.2', '<html>', '99999999999.0.0'])('%j is no version', (text) => {
    expect(() => parseVersion(text)).toThrow(expect.objectContaining({ code: 'ENGINE_FAILED' }))
  })
})

describe('a tag belongs to the family of its model', () => {
  it.each([
    ['specimen:f16', null, 'specimen'],
    ['specimen:q4_K_M', 'llama', 'specimen'],
    ['specimen:fp8-e4m3', 'llama', 'specimen'],
    ['specimen:latest', null, 'specimen'],
    ['specimen', null, 'specimen'],
    ['deepseek-r1:7b', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:7b-qwen-distill-q4_K_M', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:7b-qwen-distill-q8_0', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:7b-qwen-distill-fp16', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['library/deepseek-r1:70b', 'llama', 'deepseek-r1 70b-llama-distill'],
    ['deepseek-r1:671b', 'deepseek2', 'deepseek-r1 671b'],
    ['qwen3:8b-q8_0', 'qwen3', 'qwen3 8b'],
    ['qwen3:8b', 'qwen3', 'qwen3 8b'],
    ['hf.co/someone/R1-Distill-Qwen-7B-GGUF:Q4_K_M', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['127.0.0.1:11600/library/specimen:f16', null, '127.0.0.1:11600/library/specimen'],
    ['model:iq3_xxs', null, 'model'],
    ['deepseek-r1:8b', 'constructor', 'deepseek-r1 8b-0528-qwen3'],
  ])('%s (%s) is of %s', (ref, architecture, family) => {
    expect(nameFamily(ref, architecture).family).toBe(family)
  })

  it('knows that 8b and latest of deepseek-r1 are the 0528 distill of Qwen3 today, and says so', () => {
    for (const ref of ['deepseek-r1:8b', 'deepseek-r1:latest', 'deepseek-r1']) {
      const { family, notes } = nameFamily(ref, 'qwen3')
      expect(family).toBe('deepseek-r1 8b-0528-qwen3')
      expect(notes).toEqual([expect.stringContaining('not 8b-llama-distill')])
    }
  })

  it('sees by the architecture that an 8b was pulled before the tag moved', () => {
    const { family, notes } = nameFamily('deepseek-r1:8b', 'llama')
    expect(family).toBe('deepseek-r1 8b-llama-distill')
    expect(notes).toEqual([expect.stringContaining('another model')])
  })
})

describe('a modelfile names the weights', () => {
  const hex = 'a'.repeat(64)

  it('takes the path of the first instruction, on every system', () => {
    expect(findWeights(`# a\n\nFROM /m/blobs/sha256-${hex}\nTEMPLATE x`)?.path).toBe(`/m/blobs/sha256-${hex}`)
    expect(findWeights(`FROM C:\\m\\blobs\\sha256-${hex}\r\n`)?.digest).toBe(`sha256:${hex}`)
  })

  it.each([
    ['a template cannot smuggle in another FROM', `TEMPLATE """\nFROM /m/sha256-${hex}\n"""`],
    ['another model is no file', 'FROM llama3'],
    ['a path that is no blob is not believed', 'FROM /etc/passwd'],
    ['a blob-like folder is no blob', `FROM /m/sha256-${hex}/passwd`],
    ['there is nothing in nothing', ''],
  ])('%s', (_, modelfile) => expect(findWeights(modelfile)).toBeNull())

  it('reads parameters as they are printed, quotes and repeats included', () => {
    const text =
      'num_ctx                        512\nstop                           "<｜User｜>"\nstop  "a \\"b\\"\\n"\n'
    expect(parseParameters(text)).toEqual({ num_ctx: ['512'], stop: ['<｜User｜>', 'a "b"\n'] })
  })

  it('writes parameters as the API wants them', () => {
    const parameters = { num_ctx: ['512'], temperature: ['0.6'], stop: ['1'], use_mmap: ['true'], empty: [] }
    expect(typedParameters(parameters)).toEqual({ num_ctx: 512, temperature: 0.6, stop: ['1'], use_mmap: true })
  })
})

describe('lines come out as they went in', () => {
  const collect = async (chunks: readonly Uint8Array[], limit?: number) => {
    const seen: string[] = []
    async function* source() {
      yield* chunks
    }
    for await (const { bytes, whole } of readLines(source(), limit)) {
      for (const line of eachLine(bytes)) seen.push(`${whole ? '' : 'rest:'}${Buffer.from(line).toString('latin1')}`)
    }
    return seen
  }

  it('wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '{', '\r', ' ', 'é'), maxLength: 12 }), { maxLength: 8 }),
        async (parts) => {
          const whole = Buffer.from(parts.join(''), 'latin1')
          const cut = parts.map((part) => Buffer.from(part, 'latin1'))
          expect(await collect(cut)).toEqual(await collect([whole]))
        },
      ),
    )
  })

  it('marks what has no line end, and leaves out what is blank', async () => {
    expect(await collect([Buffer.from('a\n\r\n\n  \nb\nc')])).toEqual(['a', 'b', 'rest:c'])
  })

  it('refuses a line without end before it fills the memory', async () => {
    await expect(collect([Buffer.alloc(60, 97), Buffer.alloc(60, 97)], 100)).rejects.toMatchObject({
      code: 'STREAM_GARBLED',
    })
    await expect(collect([Buffer.from(`${'a'.repeat(101)}\n`)], 100)).rejects.toMatchObject({ code: 'STREAM_GARBLED' })
    expect(await collect([Buffer.from(`${'a'.repeat(100)}\n`)], 100)).toHaveLength(1)
  })
})

describe('a line that is not parsed to be known', () => {
  const line = (fields: object) => `${JSON.stringify(fields)}\n`
  const piece = (response: string) => line({ model: 'm', created_at: 't', response, done: false })
  const last = line({ model: 'm', created_at: 't', response: '', done: true, done_reason: 'stop' })
  const plainOf = (text: string) => plainLength(Buffer.from(text))

  it('is a piece of text, whatever text that is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const lines = texts.map((text) => piece(text)).join('')
        expect(plainOf(lines)).toBe(Buffer.byteLength(lines))
      }),
    )
    const escaped = '{"model":"m","response":"\\u003cthink\\u003e\\n\\/","done":false}\n'
    expect(plainOf(escaped)).toBe(escaped.length)
  })

  it.each<[string, string]>([
    ['the last one', last],
    ['an error', line({ error: 'no', done: false })],
    ['one with log-probabilities', line({ response: 'x', logprobs: [], done: false })],
    ['one without its end', piece('x').trimEnd()],
    ['one that is no JSON', piece('x').replace('"x"', '"x')],
    ['one with an escape that there is not', piece('x').replace('"x"', String.raw`"\x"`)],
    ['one with half an escape', piece('x').replace('"x"', String.raw`"\u12"`)],
    ['one with a bare control character', piece('x').replace('"x"', '"\u0001"')],
    ['an empty one', '\n'],
  ])('is not %s', (_, other) => {
    expect(plainOf(other)).toBe(0)
    expect(plainOf(piece('a') + other + piece('b'))).toBe(piece('a').length)
  })

  it('is never one that cannot be parsed, whatever byte was changed', () => {
    const whole = Buffer.from(piece('a "quoted" \\ 数 \n') + piece('b') + last)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(whole)
        changed[at] = byte
        for (const plain of eachLine(changed.subarray(0, plainLength(changed)))) {
          const text = new TextDecoder('utf-8', { fatal: true }).decode(plain)
          expect(JSON.parse(text)).toMatchObject({ done: false })
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is read as the schema reads it', () => {
    const values = [
      { response: 'x' },
      { thinking: 'y' },
      { response: 1 },
      { logprobs: null },
      { done: true },
      { done: 0 },
    ]
    for (const fields of [...values, { eval_count: 2 }, { message: {} }]) {
      const value = { model: 'm', done: false, ...fields }
      const plain = plainGenerateLine(value)
      if (plain !== null) expect(plain).toEqual(generateLine.parse(value))
    }
    expect(plainGenerateLine({ model: 'm', response: 'x', done: false })).toMatchObject({ text: 'x' })
    expect(plainGenerateLine(null)).toBeNull()
  })
})

describe('progress never runs backwards', () => {
  const meterAll = (lines: readonly ProgressLine[]) => {
    const meter = createProgressMeter()
    return lines.map((line) => meter.next(line))
  }
  const linesOf = (name: string, era?: Era) =>
    readRecording(name, era)
      .response.chunks.map(({ text }) => text)
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => progressLine.parse(JSON.parse(line)))

  it.each([
    ['pull-resumed', undefined, 7_927_040],
    // The weights, a template, parameters and a configuration.
    ['pull-again', undefined, 7_927_794],
    ['create-q8_0', '0.24', 7_927_040],
  ] as const)('%s rises to its total', (name, era, total) => {
    const told = meterAll(linesOf(name, era))
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    const last = told.at(-1)
    expect(last?.step).toBe('success')
    expect(last?.doneBytes).toBe(last?.totalBytes)
    expect(last?.totalBytes).toBe(total)
  })

  it('does so for anything a server may say', () => {
    const line = fc.record({
      status: fc.constantFrom('pulling', 'verifying'),
      digest: fc.constantFrom('a', 'b', ''),
      total: fc.option(fc.nat(1000), { nil: undefined }),
      completed: fc.option(fc.nat(2000), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const told = meterAll(lines)
        const done = told.map(({ doneBytes }) => doneBytes)
        expect(done).toEqual(done.toSorted((a, b) => a - b))
        for (const { doneBytes, totalBytes } of told) expect(doneBytes).toBeLessThanOrEqual(totalBytes ?? 0)
      }),
    )
  })
})

describe('repeats are counted as Ollama counts them', () => {
  const count = (pieces: readonly string[]) => {
    const counter = createRepetitionCounter()
    for (const piece of pieces) counter.push(piece)
    return counter.isAtLimit()
  }

  it('31 equal pieces are what is left of a text that was cut, 30 are not', () => {
    expect(count(Array.from({ length: 31 }, () => '0'))).toBe(true)
    expect(count(Array.from({ length: 30 }, () => '0'))).toBe(false)
  })

  it('white space around a piece does not count, and white space alone is equal to itself', () => {
    expect(count(Array.from({ length: 31 }, (_, index) => (index % 2 === 0 ? ' a' : 'a\n')))).toBe(true)
    expect(count(Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? ' ' : '\n\n')))).toBe(true)
  })

  it('another piece starts the count again', () => {
    expect(count([...Array.from({ length: 31 }, () => '0'), '1'])).toBe(false)
  })
})

describe('a begin mark is taken off a raw prompt', () => {
  it.each([
    ['<｜begin▁of▁sentence｜><｜User｜>a', '<｜User｜>a'],
    ['<｜begin▁of▁sentence｜><｜begin▁of▁sentence｜>a', 'a'],
    ['<|begin_of_text|>a', 'a'],
    ['a<｜begin▁of▁sentence｜>', 'a<｜begin▁of▁sentence｜>'],
    ['<s>struck out</s>', '<s>struck out</s>'],
    ['', ''],
  ])('%j becomes %j', (prompt, expected) => expect(withoutBegin(prompt)).toBe(expected))
})

describe('a rendered prompt is believed when its marks are the template’s', () => {
  const r1 = { template: '{{ if .User }}<｜User｜>{{ .Content }}<｜Assistant｜>{{ end }}', isR1: true }
  const message = (user: string) => ({ system: null, user })

  it.each([
    ['the family’s own marks', '<｜User｜>hi<｜Assistant｜>', r1, true],
    ['ChatML from a shared process', '<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n', r1, false],
    ['nothing but the message', 'hi', { template: null, isR1: true }, false],
    [
      'ChatML where the template is ChatML',
      '<|im_start|>user\nhi',
      { template: '<|im_start|>{{.}}', isR1: false },
      true,
    ],
    ['anything of an unknown family', '### hi', { template: '### {{ .Prompt }}', isR1: false }, true],
  ])('%s', (_, text, facts, expected) => expect(isRendered(text, facts, message('hi'))).toBe(expected))

  it('whatever marks stand in the message itself', () => {
    const user = 'what is <|im_start|>?'
    expect(isRendered(`<｜User｜>${user}<｜Assistant｜>`, r1, message(user))).toBe(true)
    const forged = 'a <｜User｜> b'
    expect(isRendered(`<|im_start|>user\n${forged}`, r1, message(forged))).toBe(false)
  })
})
