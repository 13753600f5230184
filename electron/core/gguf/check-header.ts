import type { GGUFParseOutput } from '@huggingface/gguf'
import type { FileHandle } from 'node:fs/promises'
import { LabError } from '#shared/domain/error.ts'
import type { GgufTensor } from './read-gguf.ts'
import { countWeights, tensorTypeByNumber } from './tensor-types.ts'

const preambleBytes = 24
/** A key, its type and a value of one byte. */
const leastMetadataBytes = 13
/** A name, a dimension, a type and an offset. */
const leastTensorBytes = 32

export function ggufInvalid(path: string, problem: string, cause?: unknown): LabError {
  return new LabError('GGUF_INVALID', `${path} cannot be used: ${problem}.`, {
    hint: 'Download or make the file again.',
    data: { file: path },
    ...(cause === undefined ? {} : { cause }),
  })
}

/** What can be told from the first 24 bytes, so that no count is believed that the file has no room for. */
export async function checkPreamble(handle: FileHandle, path: string, sizeBytes: number): Promise<void> {
  const head = Buffer.alloc(preambleBytes)
  const { bytesRead } = await handle.read(head, 0, preambleBytes, 0)
  if (bytesRead < 4 || head.toString('latin1', 0, 4) !== 'GGUF') {
    throw ggufInvalid(path, 'it is not a GGUF file (it does not start with GGUF)')
  }
  if (bytesRead < preambleBytes) throw ggufInvalid(path, `it ends after ${bytesRead} bytes, inside its header`)
  const version = head.readUInt32LE(4)
  if (version !== 2 && version !== 3) {
    const bigEndian = (version & 0xffff) === 0
    throw ggufInvalid(path, bigEndian ? 'it is big-endian' : `GGUF version ${version} is not read here, only 2 and 3`)
  }
  const tensors = head.readBigUInt64LE(8)
  const pairs = head.readBigUInt64LE(16)
  if (tensors === 0n) throw ggufInvalid(path, 'it holds no tensors')
  if (tensors > sizeBytes / leastTensorBytes || pairs > sizeBytes / leastMetadataBytes) {
    throw ggufInvalid(path, `it claims ${tensors} tensors and ${pairs} metadata entries in ${sizeBytes} bytes`)
  }
}

/** Every tensor has a known type, a possible shape, and its bytes inside the file, shared with no other. */
export function checkTensors(path: string, sizeBytes: number, parsed: GGUFParseOutput): readonly GgufTensor[] {
  const dataOffset = Number(parsed.tensorDataOffset)
  if (parsed.tensorInfoByteRange[1] > sizeBytes) throw ggufInvalid(path, 'its header runs past the end of the file')
  const names = new Set<string>()
  const tensors = parsed.tensorInfos.map((info): GgufTensor => {
    const shape = info.shape.map(Number)
    const type = tensorTypeByNumber(info.dtype)
    const named = `tensor ${JSON.stringify(info.name.slice(0, 64))}`
    if (type === undefined) throw ggufInvalid(path, `${named} has the unknown type ${info.dtype}`)
    const weights = countWeights(shape)
    if (shape.length < 1 || shape.length > 4 || weights < 1 || !Number.isSafeInteger(weights)) {
      throw ggufInvalid(path, `${named} has the impossible shape ${shape.join(' × ')}`)
    }
    if ((shape[0] ?? 0) % type.weights !== 0) {
      throw ggufInvalid(
        path,
        `${named} has rows of ${shape[0]}, not a multiple of ${type.weights} as ${type.name} needs`,
      )
    }
    if (names.has(info.name)) throw ggufInvalid(path, `it holds ${named} twice`)
    names.add(info.name)
    const offset = dataOffset + Number(info.offset)
    return { name: info.name, type: type.name, shape, offset, sizeBytes: (weights / type.weights) * type.bytes }
  })
  checkPlaces(path, sizeBytes, tensors)
  return tensors
}

function checkPlaces(path: string, sizeBytes: number, tensors: readonly GgufTensor[]): void {
  let end = 0
  for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset)) {
    if (tensor.offset < end) throw ggufInvalid(path, `tensor ${JSON.stringify(tensor.name)} overlaps another one`)
    end = tensor.offset + tensor.sizeBytes
  }
  if (end > sizeBytes) {
    const missing = tensors.filter(({ offset, sizeBytes: length }) => offset + length > sizeBytes).length
    const part = `${sizeBytes} of at least ${end} bytes are there, ${missing} of ${tensors.length} tensors are not whole`
    throw ggufInvalid(path, `it is cut: ${part}`)
  }
}
