import type { EngineFeatures, GenerateRequest } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import type { ModelFacts } from './describe-model.ts'
import { toMessages } from './render-prompt.ts'
import { keepAlive, samplingOptions, withoutBegin, type ChatBody, type GenerateBody } from './request-options.ts'

type ChatInput = Extract<GenerateRequest['input'], { mode: 'chat' }>

/** @throws LabError ENGINE_UNSUPPORTED */
export function checkAlternatives({ alternatives }: GenerateRequest, { maxAlternatives }: EngineFeatures): void {
  if (alternatives === null || (maxAlternatives !== null && alternatives <= maxAlternatives)) return
  const what = maxAlternatives === null ? 'no log-probabilities' : `at most ${maxAlternatives} alternatives a token`
  throw new LabError('ENGINE_UNSUPPORTED', `This Ollama gives ${what}.`, {
    hint: maxAlternatives === null ? 'Update Ollama to 0.12.11 or newer.' : `Ask for ${maxAlternatives} or fewer.`,
  })
}

/** The exact text of the prompt in, and the exact text of the answer out. */
export function rawBody(request: GenerateRequest, prompt: string): GenerateBody {
  const text = withoutBegin(prompt)
  if (text === '') {
    throw new LabError('BAD_REQUEST', 'Ollama takes an empty prompt for a request to load the model.', {
      hint: 'Give the prompt some text.',
    })
  }
  return {
    ...commonBody(request, request.stop),
    prompt: text,
    raw: true,
    // Left out, a thinking model's tags are taken out of the text, also from a raw prompt's.
    think: false,
  }
}

/** What an app would send. The tag's own stops are the app's: they are sent with the others. */
export function chatBody(request: GenerateRequest, input: ChatInput, facts: ModelFacts): ChatBody {
  if (input.think === false && facts.templateLanguage === 'jinja' && !facts.template?.includes('enable_thinking')) {
    throw new LabError('ENGINE_UNSUPPORTED', `The template of ${request.ref} cannot be told not to think.`, {
      hint: 'Use the arm "suppressed": it closes the thinking in the prompt itself.',
    })
  }
  const stop = [...new Set([...(facts.parameters['stop'] ?? []), ...request.stop])]
  return {
    ...commonBody(request, stop),
    messages: toMessages(input),
    ...(input.think === null ? {} : { think: input.think }),
  }
}

function commonBody(request: GenerateRequest, stop: readonly string[]) {
  const { ref, alternatives } = request
  return {
    model: ref,
    keep_alive: keepAlive,
    options: samplingOptions(request, stop),
    truncate: false,
    shift: false,
    ...(alternatives === null ? {} : { logprobs: true, top_logprobs: alternatives }),
  } as const
}
