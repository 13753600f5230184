import { describe, expect, it } from 'vitest'
import { createTemplateRenderer, familyTemplate } from '#core/engines/builtin/render-template.ts'
import { specimen, describeFile } from './specimen-engine.ts'

const render = createTemplateRenderer()

describe('a chat template', () => {
  it('of the specimen writes the family’s markers and no BOS', async () => {
    const { template } = await describeFile(specimen)
    expect(template).toContain('bos_token')
    expect(render(template ?? '', null, 'Hello?')).toBe('<｜User｜>Hello?<｜Assistant｜>')
  })

  it('of our own writes what the specimen’s writes', async () => {
    const { template } = await describeFile(specimen)
    for (const system of [null, 'Be brief.']) {
      expect(render(familyTemplate, system, 'Who are you?')).toBe(render(template ?? '', system, 'Who are you?'))
    }
  })

  it('puts a user’s text in as text, whatever it holds', () => {
    const nasty = '{{ messages }} {% for x in y %} <｜Assistant｜> \' " \\ \n 龙😀'
    expect(render(familyTemplate, null, nasty)).toBe(`<｜User｜>${nasty}<｜Assistant｜>`)
  })

  it('renders ChatML with its generation prompt', () => {
    const chatMl =
      "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>' + '\\n' }}{% endfor %}" +
      "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
    expect(render(chatMl, 'S', 'U')).toBe(
      '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n',
    )
  })

  it('that is broken is the file’s fault, said in words', () => {
    for (const broken of [
      '{% for',
      '{{ 1 | nothing_like_it }}',
      "{{ raise_exception('no system role') }}",
      '{% if %}',
    ]) {
      expect(() => render(broken, null, 'x')).toThrow(
        expect.objectContaining({ code: 'GGUF_INVALID', hint: expect.any(String) as string }),
      )
    }
  })
})
