import { createHash } from 'node:crypto'
import type { LoadSettings } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { digest, type Digest } from '#shared/domain/ids.ts'
import type { RenderedPrompt } from '../engine.ts'
import type { ModelFacts } from './describe-model.ts'
import type { KnownModel } from './model-index.ts'
import type { OllamaApi } from './ollama-api.ts'
import { renderReply } from './replies.ts'
import { keepAlive, loadOptions, withoutBegin, type ChatBody } from './request-options.ts'
import type { Residency } from './residency.ts'

export interface Message {
  readonly system: string | null
  readonly user: string
}

/** What stands before a user's words in the families' templates. */
const userMarks = ['<｜User｜>', '<|im_start|>', '<|start_header_id|>', '<start_of_turn>', '[INST]', '<|user|>']
const r1Mark = '<｜User｜>'

/**
 * Has the server render a message without answering it, and checks what comes back: a model process that was started by
 * another tag of the same weights renders ChatML, older servers render nothing at all where the template is in the GGUF.
 */
export async function renderPrompt(
  deps: { readonly api: OllamaApi; readonly residency: Residency },
  model: KnownModel,
  options: { readonly message: Message; readonly load: LoadSettings; readonly signal?: AbortSignal | undefined },
): Promise<RenderedPrompt> {
  const { residency } = deps
  const { facts, tag } = model
  const templateHash = hashText(facts.template ?? '')
  await residency.endSharers(model, options.signal)
  let text = await askForRender(deps.api, tag.name, options)
  if (text !== null && !isRendered(text, facts, options.message)) {
    // The process may have been shared in a way that `ps` does not show: a new one renders with this tag's template.
    await residency.unload(tag.name, options.signal)
    text = await askForRender(deps.api, tag.name, options)
  }
  if (text !== null && isRendered(text, facts, options.message)) {
    return { text: withoutBegin(text), by: 'engine', templateHash }
  }
  if (facts.isR1) return { text: r1Prompt(options.message), by: 'family', templateHash }
  throw new LabError('ENGINE_UNSUPPORTED', `Ollama does not say how ${tag.name} is asked.`, {
    hint: text === null ? 'Update Ollama: this one cannot show a rendered prompt.' : 'Give the tag a template.',
  })
}

/** Null where the server does not know the question and has answered the message instead, with one token. */
async function askForRender(
  api: OllamaApi,
  ref: string,
  {
    message,
    load,
    signal,
  }: { readonly message: Message; readonly load: LoadSettings; readonly signal?: AbortSignal | undefined },
): Promise<string | null> {
  const body: ChatBody = {
    model: ref,
    messages: toMessages(message),
    keep_alive: keepAlive,
    options: { ...loadOptions(load), num_predict: 1 },
    truncate: false,
    shift: false,
    _debug_render_only: true,
  }
  const reply = await api.json(renderReply, { signal, patience: 'long' }, (client) =>
    client.chat({ ...body, stream: false }),
  )
  return reply._debug_info?.rendered_template ?? null
}

export function toMessages({ system, user }: Message): { readonly role: string; readonly content: string }[] {
  return [...(system === null ? [] : [{ role: 'system', content: system }]), { role: 'user', content: user }]
}

/** True where the marks around the message are the template's own, and none of another family. */
export function isRendered(text: string, facts: Pick<ModelFacts, 'template' | 'isR1'>, message: Message): boolean {
  // What the message itself says proves nothing.
  const frame = [message.user, message.system ?? ''].reduce(
    (rest, part) => (part === '' ? rest : rest.replaceAll(part, '')),
    text,
  )
  const template = facts.template ?? ''
  const expected = userMarks.filter((mark) => template.includes(mark) || (facts.isR1 && mark === r1Mark))
  const found = userMarks.filter((mark) => frame.includes(mark))
  if (found.some((mark) => !expected.includes(mark) && template !== '')) return false
  return expected.length === 0 || found.some((mark) => expected.includes(mark))
}

/** R1's template, as its makers publish it: markers, and nothing between them. */
function r1Prompt({ system, user }: Message): string {
  return `${system ?? ''}<｜User｜>${user}<｜Assistant｜>`
}

const hashText = (text: string): Digest => digest(createHash('sha256').update(text).digest('hex'))
