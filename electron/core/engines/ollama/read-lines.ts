import { LabError } from '#shared/domain/error.ts'

/** Far above any real line (20 alternatives cost 2 KB), far below what would hurt. */
export const maxLineBytes = 16 * 2 ** 20

const newline = 0x0a

/** All lines that one chunk completed, each with its line end. `whole` is false for the rest after the last line end. */
export interface ByteLines {
  readonly bytes: Uint8Array
  readonly whole: boolean
}

/**
 * Cuts a byte stream between its lines, wherever its chunks were cut: what a chunk completes comes at once, because a
 * turn of the event loop for every line costs more than reading it.
 * @throws LabError STREAM_GARBLED when a line does not end within the limit
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number = maxLineBytes,
): AsyncGenerator<ByteLines> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline) + 1
    if (end > 0) {
      const bytes = join(held, chunk.subarray(0, end))
      if (bytes.length > limitBytes) for (const line of eachLine(bytes)) checkLength(line.length, limitBytes)
      held = []
      heldBytes = 0
      yield { bytes, whole: true }
    }
    if (end < chunk.length) {
      held.push(chunk.subarray(end))
      heldBytes += chunk.length - end
      checkLength(heldBytes, limitBytes)
    }
  }
  if (heldBytes > 0) yield { bytes: join(held, new Uint8Array()), whole: false }
}

/** The lines among some bytes, without their line ends. Those with nothing but white space are left out. */
export function* eachLine(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(newline, start)
    const end = found === -1 ? bytes.length : found
    const line = bytes.subarray(start, end)
    if (!isBlank(line)) yield line
    start = end + 1
  }
}

function checkLength(bytes: number, limitBytes: number): void {
  if (bytes <= limitBytes) return
  throw new LabError('STREAM_GARBLED', `The engine sent a line of more than ${limitBytes} bytes.`, {
    hint: 'Check that the address is the one of an Ollama server.',
  })
}

function join(parts: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return parts.length === 0 ? last : Buffer.concat([...parts, last])
}

/** Nothing but spaces, tabs and carriage returns. */
const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
