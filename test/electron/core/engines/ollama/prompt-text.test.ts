import { describe, expect, it } from 'vitest'
import { isRendered } from '#core/engines/ollama/render-prompt.ts'
import { withoutBegin } from '#core/engines/ollama/request-options.ts'

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
