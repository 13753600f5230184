import { expect } from 'vitest'
import type { EngineEvent, GenerateRequest } from '#shared/domain/engine.ts'
import { LabError, type ErrorCode } from '#shared/domain/error.ts'
import { greedy, never, raw, type Check, type Session } from './session.ts'
import { theEnd } from './the-end.ts'

async function failureOf(action: () => Promise<unknown>): Promise<LabError> {
  const outcome = await action().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if (!('error' in outcome)) throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`)
  expect(outcome.error).toBeInstanceOf(LabError)
  return outcome.error as LabError
}

export function describeFailures({ options, engine, run }: Session, check: Check): void {
  const expectCode = async (code: ErrorCode, action: () => Promise<unknown>) => {
    const error = await failureOf(action)
    expect(error.code).toBe(code)
    expect(error.message).not.toBe('')
    expect(error.hint).not.toBeNull()
  }

  check('unknown-model', 'says MODEL_NOT_FOUND, and what to do, for a model it does not have', async () => {
    const { unknownRef: ref, load, user } = options
    await expectCode('MODEL_NOT_FOUND', () => engine().describe(ref))
    await expectCode('MODEL_NOT_FOUND', () => engine().load(ref, load))
    await expectCode('MODEL_NOT_FOUND', () => engine().render(ref, { system: null, user }, load))
    await expectCode('MODEL_NOT_FOUND', () => run({ ref }))
    await engine().unload(ref)
    expect((await run({ maxTokens: 2 })).end.reason).toBe('length')
  })

  check('prompt-too-long', 'refuses a prompt that the context cannot hold instead of cutting it', async () => {
    const prompt = options.prompt + ' and one and two'.repeat(options.load.contextTokens)
    await expectCode('PROMPT_TOO_LONG', () => run(raw(prompt)))
    expect((await run({ maxTokens: 2 })).end.reason).toBe('length')
  })

  check('close', 'closes twice, ending open streams as cancelled', async () => {
    const own = await options.make()
    const seen: EngineEvent[] = []
    const request: GenerateRequest = {
      ref: options.ref,
      ...raw(options.longAnswerPrompt),
      load: options.load,
      sampling: greedy,
      seed: 1,
      maxTokens: options.maxTokens,
      stop: [],
      alternatives: null,
    }
    let closing: Promise<void> | null = null
    for await (const event of own.generate(request, never())) {
      seen.push(event)
      closing ??= own.close()
    }
    expect(theEnd(seen).reason).toBe('cancelled')
    await closing
    await own.close()
  })
}
