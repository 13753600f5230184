import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { LabError } from '#shared/domain/error.ts'

/** More than any list of prompts or answers needs, and less than the longest text that Node can hold. */
const maxBytes = 256 * 1024 ** 2

/**
 * A whole text file in UTF-8, or in UTF-16 with its mark, or what a pipe under /dev hands over.
 * @throws LabError where it is no file, too large or not text; else what the operating system says of it
 */
export async function readTextFile(path: string): Promise<string> {
  const found = await stat(path)
  if (found.isDirectory()) throw new LabError('BAD_REQUEST', `${path} is a folder.`, { hint: 'Name a file in it.' })
  // Opening any other pipe or device may wait for ever, in a place that Ctrl-C does not reach.
  const isPipe = found.isFIFO() && path.startsWith('/dev/')
  if (!found.isFile() && !isPipe) throw new LabError('BAD_REQUEST', `${path} is not a file.`, { hint: 'Name a file.' })
  const chunks: Buffer[] = []
  let bytes = 0
  if (found.size > maxBytes) throw tooLarge(path)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(path)
    chunks.push(chunk)
  }
  return decode(path, Buffer.concat(chunks))
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch (cause) {
    const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0] ?? ''
    throw new LabError('BAD_REQUEST', `${path} is not UTF-8 text (line ${before.split('\n').length}).`, {
      cause,
      hint: 'Save it again with the encoding UTF-8.',
    })
  }
}

/** Spreadsheets write UTF-16 with a mark; everything else has to be UTF-8. */
function encodingOf([first, second]: Buffer): 'utf-16le' | 'utf-16be' | 'utf-8' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

const tooLarge = (path: string) =>
  new LabError('BAD_REQUEST', `${path} is larger than ${maxBytes / 1024 ** 2} MB.`, {
    hint: 'Divide it into several files.',
  })
