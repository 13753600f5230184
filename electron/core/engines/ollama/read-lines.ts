import { LabError } from '#shared/domain/error.ts'

/** Far above any real line (20 alternatives cost 2 KB), far below what would hurt. */
export const maxLineBytes = 16 * 2 ** 20

const newline = 0x0a

/** One line of a byte stream, without its line end. `whole` is false for the rest after the last line end. */
export interface ByteLine {
  readonly bytes: Uint8Array
  readonly whole: boolean
}

/**
 * Cuts a byte stream into lines, wherever its chunks were cut. Empty lines are left out.
 * @throws LabError STREAM_GARBLED when a line does not end within the limit
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number = maxLineBytes,
): AsyncGenerator<ByteLine> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, start)) {
      const bytes = join(held, chunk.subarray(start, at))
      checkLength(bytes.length, limitBytes)
      held = []
      heldBytes = 0
      start = at + 1
      if (!isBlank(bytes)) yield { bytes, whole: true }
    }
    if (start < chunk.length) {
      held.push(chunk.subarray(start))
      heldBytes += chunk.length - start
      checkLength(heldBytes, limitBytes)
    }
  }
  const rest = join(held, new Uint8Array())
  if (!isBlank(rest)) yield { bytes: rest, whole: false }
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
