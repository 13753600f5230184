import { open, type FileHandle } from 'node:fs/promises'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { buildHeader, setFileType } from './build-header.ts'
import { ggufInvalid } from './check-header.ts'
import { halfTable } from './float16.ts'
import { blockSize, fp8Simulator, type Fp8Scale, type Fp8Simulator, type Strip } from './fp8-simulate.ts'
import type { Fp8Format } from './fp8-format.ts'
import { simulatedKey } from './name-precision.ts'
import type { GgufFile, GgufTensor } from './read-gguf.ts'

export interface Fp8Job {
  readonly source: GgufFile
  readonly output: string
  readonly format: Fp8Format
  readonly scale: Fp8Scale
}

/** The matrices that R1 stores as FP8. Embeddings, head, norms and biases stay as they are. */
const rounded = /^blk\.\d+\.(?:attn_(?:q|k|v|qkv|output)|ffn_(?:gate|up|down))\.weight$/
const readable = ['F16', 'BF16', 'F32']
const copyBytes = 4 * 2 ** 20
const largestHalf = 65_504

/**
 * @throws LabError BAD_REQUEST where rounding this file to FP8 would not be what its name says: quantized or simulated
 *   already, or mostly made of layers of another kind (mixtures of experts)
 */
export function checkFp8Source(source: GgufFile): void {
  const refuse = (problem: string, hint: string) => new LabError('BAD_REQUEST', `${source.path} ${problem}.`, { hint })
  if (source.metadata[simulatedKey] !== undefined) {
    throw refuse(`simulates ${String(source.metadata[simulatedKey])} already`, 'Start from the original file.')
  }
  if (source.parts > 1) {
    throw refuse(`is one of ${source.parts} parts`, 'Join them with llama-gguf-split --merge first.')
  }
  const layers = source.tensors.filter(({ name, shape }) => name.startsWith('blk.') && shape.length > 1)
  const quantized = layers.find(({ type }) => !readable.includes(type))
  if (quantized !== undefined) {
    throw refuse(
      `is quantized already (${quantized.name} is ${quantized.type})`,
      'Start from an F16, BF16 or F32 file.',
    )
  }
  const weights = (tensors: readonly GgufTensor[]) =>
    tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const left = layers.filter((tensor) => !isRounded(tensor))
  if (layers.length === 0 || weights(left) > 0.02 * weights(layers)) {
    throw refuse(
      `has layers that FP8 is not simulated for${left[0] === undefined ? '' : ` (${left[0].name})`}`,
      'Use a type that llama.cpp makes, Q8_0 for example.',
    )
  }
}

const isRounded = ({ name, shape }: GgufTensor): boolean => rounded.test(name) && shape.length === 2

/**
 * Writes `source` with its layers' matrices rounded to FP8 and back, stored as F16. All metadata and all other tensors
 * are kept. Memory does not grow with the file: 128 rows of one matrix at a time.
 */
export async function writeFp8(
  { source, output, format, scale }: Fp8Job,
  report: (p: Progress) => void,
): Promise<void> {
  checkFp8Source(source)
  const input = await open(source.path, 'r')
  const result = await open(output, 'wx').catch(async (error: unknown) => {
    await input.close()
    throw error
  })
  try {
    const header = buildHeader(
      source,
      await readStart(input, source),
      source.tensors.map((tensor) => ({ ...tensor, type: isRounded(tensor) ? 'F16' : tensor.type })),
      { [simulatedKey]: format.name, 'assay.simulated_scale': scale, 'assay.simulated_from': source.precision.name },
    )
    await writeAll(result, header.bytes, 0)
    const convert = stripConverter(input, fp8Simulator(format))
    for (const [index, tensor] of source.tensors.entries()) {
      const offset = header.offsets[index] ?? 0
      report({ step: `rounding ${tensor.name}`, doneBytes: offset, totalBytes: header.fileSizeBytes })
      if (isRounded(tensor)) await convert(source.path, tensor, { file: result, offset }, scale)
      else await copyRange(input, tensor, { file: result, offset })
    }
    // Also pads the last tensor.
    await result.truncate(header.fileSizeBytes)
    await result.sync()
    report({ step: `${format.name} written`, doneBytes: header.fileSizeBytes, totalBytes: header.fileSizeBytes })
  } finally {
    await Promise.all([input.close(), result.close()])
  }
}

async function readStart(input: FileHandle, source: GgufFile): Promise<Buffer> {
  const start = ownBuffer(source.tensorInfoRange[0])
  await readInto(input, start, 0)
  const fileTypeF16 = 1
  return source.fileType === 'F16' ? start : setFileType(start, fileTypeF16)
}

interface Target {
  readonly file: FileHandle
  readonly offset: number
}

function stripConverter(input: FileHandle, simulator: Fp8Simulator) {
  const toFloats = floatReader()

  async function readStrip(tensor: GgufTensor, top: number, buffer: Buffer): Promise<Strip> {
    const [columns = 0, allRows = 0] = tensor.shape
    const rows = Math.min(blockSize, allRows - top)
    const bytesPerRow = tensor.sizeBytes / allRows
    const bytes = buffer.subarray(0, rows * bytesPerRow)
    await readInto(input, bytes, tensor.offset + top * bytesPerRow)
    return { values: toFloats(bytes, tensor.type), rows, columns }
  }

  return async (path: string, tensor: GgufTensor, target: Target, scale: Fp8Scale): Promise<void> => {
    const [columns = 0, allRows = 0] = tensor.shape
    const buffer = ownBuffer((tensor.sizeBytes / allRows) * Math.min(blockSize, allRows))
    let tensorLargest = 0
    for (let top = 0; top < allRows && scale === 'tensor'; top += blockSize) {
      tensorLargest = Math.max(tensorLargest, simulator.largest(await readStrip(tensor, top, buffer)))
    }
    const out = new Uint16Array(Math.min(blockSize, allRows) * columns)
    for (let top = 0; top < allRows; top += blockSize) {
      const strip = await readStrip(tensor, top, buffer)
      const largest = simulator.simulate(strip, scale, tensorLargest, out)
      if (!(largest <= largestHalf)) {
        throw ggufInvalid(path, `${tensor.name} holds a weight that F16 cannot hold (${largest})`)
      }
      const bytes = new Uint8Array(out.buffer, 0, strip.rows * columns * 2)
      await writeAll(target.file, bytes, target.offset + top * columns * 2)
    }
  }
}

/** Little-endian, as GGUF and every machine that llama.cpp's binaries run on. The result is good until the next call. */
function floatReader(): (bytes: Buffer, type: string) => Float32Array {
  const halves = halfTable()
  let room = new Float32Array(0)
  return (bytes, type) => {
    if (type === 'F32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    const words = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    if (room.length < words.length) room = new Float32Array(words.length)
    const floats = room.subarray(0, words.length)
    if (type === 'BF16') {
      const bits = new Uint32Array(room.buffer)
      for (let i = 0; i < words.length; i++) bits[i] = (words[i] ?? 0) << 16
    } else {
      for (let i = 0; i < words.length; i++) floats[i] = halves[words[i] ?? 0] ?? 0
    }
    return floats
  }
}

async function copyRange(input: FileHandle, tensor: GgufTensor, target: Target): Promise<void> {
  const buffer = ownBuffer(Math.min(copyBytes, tensor.sizeBytes))
  for (let done = 0; done < tensor.sizeBytes; done += copyBytes) {
    const bytes = buffer.subarray(0, Math.min(copyBytes, tensor.sizeBytes - done))
    await readInto(input, bytes, tensor.offset + done)
    await writeAll(target.file, bytes, target.offset + done)
  }
}

/** Not a piece of a pool, so that typed arrays over it are aligned. */
const ownBuffer = (length: number): Buffer => Buffer.from(new ArrayBuffer(length))

async function readInto(file: FileHandle, buffer: Buffer, position: number): Promise<void> {
  let done = 0
  while (done < buffer.length) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, position + done)
    if (bytesRead === 0) throw new LabError('GGUF_INVALID', 'The file became shorter while it was read.')
    done += bytesRead
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
