import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLength } from '#core/engines/ollama/plain-lines.ts'
import { eachLine, readLines } from '#core/engines/ollama/read-lines.ts'
import { generateLine, plainGenerateLine } from '#core/engines/ollama/replies.ts'

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
