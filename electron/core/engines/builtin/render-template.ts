import { Template } from '@huggingface/jinja'
import { LabError } from '#shared/domain/error.ts'

/**
 * R1 and its distills: the markers that every template of the family writes around one question, and nothing else.
 * For files that carry no template.
 */
export const familyTemplate =
  "{% for m in messages %}{% if m.role == 'system' %}{{ m.content }}{% else %}<｜User｜>{{ m.content }}<｜Assistant｜>{% endif %}{% endfor %}"

export type RenderTemplate = (source: string, system: string | null, user: string) => string

/**
 * Writes one user message as a Jinja chat template does, ready for an answer and without BOS, which the engine adds.
 * A template is foreign code: this runs in the engine's process, where an endless one can be ended.
 * What it returns throws LabError GGUF_INVALID where the template cannot be parsed or fails.
 */
export function createTemplateRenderer(): RenderTemplate {
  let last: { readonly source: string; readonly template: Template } | null = null
  return (source, system, user) => {
    try {
      if (last?.source !== source) last = { source, template: new Template(source) }
      const told = system === null ? [] : [{ role: 'system', content: system }]
      const messages = [...told, { role: 'user', content: user }]
      return last.template.render({ messages, add_generation_prompt: true, bos_token: '', eos_token: '' })
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new LabError('GGUF_INVALID', `The chat template in the file cannot be rendered: ${reason}.`, {
        hint: 'Use a file whose chat template is whole, or one of the same family.',
        cause,
      })
    }
  }
}
