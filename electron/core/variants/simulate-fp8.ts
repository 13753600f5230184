import type { Progress } from '#shared/domain/engine.ts'
import type { Fp8Scale } from '#core/gguf/fp8-simulate.ts'
import { readGguf, type GgufFile } from '#core/gguf/read-gguf.ts'
import { checkFp8Source } from '#core/gguf/write-fp8.ts'
import type { SpawnWorker } from '#core/workers/worker-process.ts'
import { writeWhole } from './part-file.ts'
import type { Fp8Type } from './quantize-types.ts'
import { runMakeWorker } from './run-make-worker.ts'

export interface SimulateFp8Options {
  /** A GGUF file whose matrices are F16, BF16 or F32. */
  readonly input: string
  readonly output: string
  readonly type: Fp8Type
  /** Default: blocks of 128 × 128. */
  readonly scale?: Fp8Scale
  /** Replaces `output` where it exists. Default: a CONFLICT. */
  readonly overwrite?: boolean
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** How the process that writes the file is started. Default: forked. */
  readonly spawn?: SpawnWorker
}

/**
 * Makes an F16 file whose layers' matrices hold FP8 values only. The file is as large as an F16 one, and only the
 * weights are rounded: activations are not, as they would be on FP8 hardware.
 * @throws LabError MODEL_NOT_FOUND | GGUF_INVALID | BAD_REQUEST | CONFLICT | DISK_FULL | ENGINE_CRASHED
 */
export async function simulateFp8(options: SimulateFp8Options): Promise<GgufFile> {
  const { input, output, type, scale = 'block', overwrite = false, signal } = options
  const source = await readGguf(input, signal)
  checkFp8Source(source)
  // F32 layers shrink, so the source's size is never too little.
  await writeWhole({ output, expectedBytes: source.sizeBytes, overwrite }, async (part) => {
    await runMakeWorker(
      { kind: 'fp8', input, output: part, type, scale },
      {
        onMessage: (message) => void (message.kind === 'progress' && options.onProgress?.(message.progress)),
        signal,
        spawn: options.spawn,
      },
    )
  })
  return await readGguf(output, signal)
}
