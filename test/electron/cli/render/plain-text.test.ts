import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonText, plainLine, plainText } from '../../../../electron/cli/render/plain-text.ts'

// oxlint-disable-next-line no-control-regex -- what must not get through
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
const hostile = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `${text}\u001b[31m\u009b0m\u202e${text}`)

it('lets nothing through that steers a terminal', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(plainText(text)).not.toMatch(steering)
      expect(plainLine(text)).not.toMatch(/[\r\n]/)
    }),
  )
})

it('keeps words, lines and Chinese as they are', () => {
  expect(plainText('a\tb\r\nc 你好 – ≥ 🙂')).toBe('a\tb\nc 你好 – ≥ 🙂')
})

it('shows what it took out', () => {
  expect(plainText('abc\u0008\u202edef')).toBe('abc<U+0008><U+202E>def')
})

it('prints JSON that reads back as the same value and steers nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), hostile, (value, text) => {
      const document = jsonText({ value, text })
      expect(document).not.toMatch(steering)
      expect(JSON.parse(document)).toEqual(JSON.parse(JSON.stringify({ value, text })))
    }),
  )
})
