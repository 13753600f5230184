import { errorInfo, LabError, type ErrorInfo } from '#shared/domain/error.ts'
import type { Progress } from '#shared/domain/engine.ts'
import { e4m3, e5m2 } from '#core/gguf/fp8-format.ts'
import type { Fp8Scale } from '#core/gguf/fp8-simulate.ts'
import { readGguf } from '#core/gguf/read-gguf.ts'
import { writeFp8 } from '#core/gguf/write-fp8.ts'
import { parentChannel } from '#core/workers/parent-channel.ts'
import { llamaQuantize } from './llama-quantize.ts'
import type { Fp8Type, QuantizeType } from './quantize-types.ts'

/**
 * The process that makes files. It is one of its own because llama.cpp may crash it, because both jobs keep a core
 * busy, and because ending it is the one sure way to cancel them.
 */
export type MakeJob =
  | {
      readonly kind: 'quantize'
      readonly input: string
      readonly output: string
      readonly type: QuantizeType
      readonly threads: number
    }
  | {
      readonly kind: 'fp8'
      readonly input: string
      readonly output: string
      readonly type: Fp8Type
      readonly scale: Fp8Scale
    }

export type MakeMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** llama.cpp has begun with this tensor. */
  | { readonly kind: 'tensor'; readonly name: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: ErrorInfo }

/** One job, then it waits to be ended: leaving by itself could take its last message along. */
const channel = parentChannel((message) => void perform(message as MakeJob))
const send = (message: MakeMessage): void => channel.send(message)

async function quantize(job: Extract<MakeJob, { kind: 'quantize' }>): Promise<void> {
  let lastFailure = ''
  const result = await llamaQuantize(job, (text) => {
    const tensor = /^\[\s*\d+\/\s*\d+\]\s+(\S+)/.exec(text)?.[1]
    if (tensor !== undefined) send({ kind: 'tensor', name: tensor })
    const failure = /failed to quantize: (.*)/.exec(text)?.[1]
    if (failure !== undefined) lastFailure = failure
  })
  if (result !== 0) {
    throw new LabError(
      'ENGINE_FAILED',
      `llama.cpp could not quantize ${job.input}: ${lastFailure || `code ${result}`}.`,
      {
        hint: 'Start from a whole F16, BF16 or F32 file of a model that llama.cpp knows.',
      },
    )
  }
}

async function simulate(job: Extract<MakeJob, { kind: 'fp8' }>): Promise<void> {
  const format = job.type === 'FP8-E4M3' ? e4m3 : e5m2
  const source = await readGguf(job.input)
  await writeFp8({ source, output: job.output, format, scale: job.scale }, (progress) => {
    send({ kind: 'progress', progress })
  })
}

async function perform(job: MakeJob): Promise<void> {
  try {
    await (job.kind === 'quantize' ? quantize(job) : simulate(job))
    send({ kind: 'done' })
  } catch (error) {
    if (!(error instanceof LabError)) console.error(error)
    send({ kind: 'failed', error: failure(error) })
  }
}

function failure(error: unknown): ErrorInfo {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { code: 'DISK_FULL', message: 'The disk is full.', hint: 'Free some space and try again.' }
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return { code: 'READ_ONLY', message: 'The file cannot be written there.', hint: 'Choose another folder.' }
  }
  return errorInfo(error)
}
