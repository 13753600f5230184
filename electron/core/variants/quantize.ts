import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { readGguf, type GgufFile } from '#core/gguf/read-gguf.ts'
import type { SpawnWorker } from '#core/workers/worker-process.ts'
import { writeWhole } from './part-file.ts'
import { quantizeTypes, type QuantizeType } from './quantize-types.ts'
import { runMakeWorker } from './run-make-worker.ts'

export interface QuantizeOptions {
  /** A GGUF file whose matrices are F16, BF16 or F32. */
  readonly input: string
  readonly output: string
  readonly type: QuantizeType
  /** Only the time depends on it, never the bytes. */
  readonly threads?: number
  /** Replaces `output` where it exists. Default: a CONFLICT. */
  readonly overwrite?: boolean
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** How the process that writes the file is started. Default: forked. */
  readonly spawn?: SpawnWorker
}

/**
 * Makes a quantized file with llama.cpp's own quantizer; its bytes are those that llama-quantize writes.
 * @throws LabError MODEL_NOT_FOUND | GGUF_INVALID | BAD_REQUEST | CONFLICT | DISK_FULL | ENGINE_UNSUPPORTED |
 *   ENGINE_FAILED | ENGINE_CRASHED
 */
export async function quantize(options: QuantizeOptions): Promise<GgufFile> {
  const { input, output, type, threads = 1, overwrite = false, signal } = options
  const source = await readGguf(input, signal)
  checkQuantizeSource(source)
  const expectedBytes = Math.ceil((source.parameters * quantizeTypes[type].bitsPerWeight) / 8)
  await writeWhole({ output, expectedBytes, overwrite }, async (part) => {
    const report = progressByTensor(source, type, options.onProgress)
    await runMakeWorker(
      { kind: 'quantize', input, output: part, type, threads },
      {
        onMessage: (message) => void (message.kind === 'tensor' && report(message.name)),
        signal,
        spawn: options.spawn,
      },
    )
  })
  options.onProgress?.({ step: `${type} written`, doneBytes: source.sizeBytes, totalBytes: source.sizeBytes })
  return await readGguf(output, signal)
}

/** @throws LabError BAD_REQUEST for a file that is quantized already, or one of several parts */
export function checkQuantizeSource(source: GgufFile): void {
  const quantized = source.tensors.find(({ type, shape }) => shape.length > 1 && !['F16', 'BF16', 'F32'].includes(type))
  if (quantized !== undefined) {
    throw new LabError(
      'BAD_REQUEST',
      `${source.path} is quantized already (${source.precision.name}; ${quantized.name} is ${quantized.type}).`,
      { hint: 'Start from an F16, BF16 or F32 file: quantizing twice adds up both losses.' },
    )
  }
  if (source.parts > 1) {
    throw new LabError('BAD_REQUEST', `${source.path} is one of ${source.parts} parts.`, {
      hint: 'Join them with llama-gguf-split --merge first.',
    })
  }
}

/** llama.cpp names each tensor as it begins with it: counts the bytes of those before. */
function progressByTensor(source: GgufFile, type: QuantizeType, onProgress: QuantizeOptions['onProgress']) {
  const sizes = new Map(source.tensors.map(({ name, sizeBytes }) => [name, sizeBytes]))
  let begunBytes = 0
  return (name: string): void => {
    onProgress?.({ step: `${type}: ${name}`, doneBytes: begunBytes, totalBytes: source.sizeBytes })
    begunBytes = Math.min(begunBytes + (sizes.get(name) ?? 0), source.sizeBytes)
  }
}
