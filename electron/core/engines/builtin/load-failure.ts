import { basename } from 'node:path'
import { LabError } from '#shared/domain/error.ts'
import type { ModelGeometry } from '#shared/domain/variant.ts'
import type { LoadJob } from './protocol.ts'

/** What a load that failed means, from what was thrown and what llama.cpp logged meanwhile. */
export function loadFailure(error: unknown, job: LoadJob, log: readonly string[]): LabError {
  const reason = log.map((line) => /error loading model: (.*)/.exec(line)?.[1]).find((text) => text !== undefined)
  const said = [reasonOf(error), ...log].join('\n')
  const name = basename(job.file)
  if (/too large for the available|not enough vram|bad_alloc|out of memory|failed to (re)?allocate/i.test(said)) {
    return outOfMemory(job, error)
  }
  if (/unknown model architecture|unknown pre-tokenizer/i.test(said)) {
    const what = `This llama.cpp does not know the kind of model in ${name}: ${reason ?? said}.`
    return new LabError('ENGINE_FAILED', what, { hint: 'Use another engine for it.', cause: error })
  }
  if (/failed to create context/i.test(said)) {
    return new LabError('ENGINE_FAILED', `llama.cpp made no context of ${job.contextTokens} tokens for ${name}.`, {
      hint: 'Use a smaller context.',
      cause: error,
    })
  }
  return new LabError('GGUF_INVALID', `${name} cannot be loaded: ${reason ?? reasonOf(error)}.`, {
    hint: 'The file is damaged or not a whole model: download or make it again.',
    cause: error,
  })
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function outOfMemory({ file, contextTokens }: LoadJob, cause?: unknown): LabError {
  const what = `${basename(file)} with ${contextTokens} tokens of context`
  return new LabError('OUT_OF_MEMORY', `${what} does not fit in this machine's memory.`, {
    hint: 'Use a smaller context or a coarser precision, or close other programs.',
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Keys and values, two bytes each: the least that the contexts of a load take. llama.cpp needs long to find that out. */
export function cacheBytes({ contextTokens, slots }: LoadJob, geometry: ModelGeometry | null): number {
  if (geometry === null) return 0
  return contextTokens * slots * geometry.layers * geometry.kvHeads * geometry.headSize * 4
}
