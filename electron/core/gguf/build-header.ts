import type { GgufFile } from './read-gguf.ts'
import { tensorTypeByName, tensorTypeNumber } from './tensor-types.ts'

export interface NewTensor {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
}

export interface BuiltHeader {
  /** Everything before the first tensor's data, padding included. */
  readonly bytes: Buffer
  /** Where each tensor's data starts, in the order given, bytes from the file's start. */
  readonly offsets: readonly number[]
  readonly fileSizeBytes: number
}

/**
 * A header for other tensors with all of a file's metadata, byte for byte, and some text entries after it.
 * `start` is the source's bytes up to its tensor list. Format: gguf.h of ggml, version 2 and 3.
 */
export function buildHeader(
  source: GgufFile,
  start: Buffer,
  tensors: readonly NewTensor[],
  entries: Readonly<Record<string, string>>,
): BuiltHeader {
  const { alignment } = source
  const head = Buffer.from(start)
  const added = Object.entries(entries)
  head.writeBigUInt64LE(head.readBigUInt64LE(16) + BigInt(added.length), 16)
  const pairs = added.map(([key, value]) => Buffer.concat([string(key), u32(8), string(value)]))

  const relative: number[] = []
  let dataBytes = 0
  const infos = tensors.map(({ name, type, shape }) => {
    const { weights, bytes } = knownType(type)
    relative.push(dataBytes)
    const info = [string(name), u32(shape.length), ...shape.map(u64), u32(tensorTypeNumber(type) ?? 0), u64(dataBytes)]
    dataBytes += pad((shape.reduce((a, b) => a * b, 1) / weights) * bytes, alignment)
    return Buffer.concat(info)
  })
  const unpadded = Buffer.concat([head, ...pairs, ...infos])
  const bytes = Buffer.concat([unpadded, Buffer.alloc(pad(unpadded.length, alignment) - unpadded.length)])
  return { bytes, offsets: relative.map((offset) => bytes.length + offset), fileSizeBytes: bytes.length + dataBytes }
}

/** Sets `general.file_type` where it is a 32-bit number, as every writer stores it. */
export function setFileType(start: Buffer, fileType: number): Buffer {
  const copy = Buffer.from(start)
  const entry = Buffer.concat([string('general.file_type'), u32(4)])
  const at = copy.indexOf(entry)
  if (at !== -1) copy.writeUInt32LE(fileType, at + entry.length)
  return copy
}

function knownType(name: string): { readonly weights: number; readonly bytes: number } {
  const type = tensorTypeByName(name)
  if (type === undefined) throw new RangeError(`no such tensor type: ${name}`)
  return type
}

const pad = (size: number, alignment: number): number => Math.ceil(size / alignment) * alignment

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}

function u64(value: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64LE(BigInt(value))
  return buffer
}

function string(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([u64(bytes.length), bytes])
}
