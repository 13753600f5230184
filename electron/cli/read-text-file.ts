import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { LabError } from '#shared/domain/error.ts'

/** More than any list of prompts or answers needs, and less than the longest text that Node can hold. */
const maxBytes = 256 * 1024 ** 2

/** A file that is there and holds text, as far as its beginning tells. */
export interface TextFile {
  readonly path: string
  /** 0 for a pipe. */
  readonly bytes: number
}

/**
 * Looks at a file before it is read.
 * @throws LabError where it is no file or not text; else what the operating system says of it
 */
export async function findTextFile(path: string): Promise<TextFile> {
  const found = await stat(path)
  if (found.isDirectory()) {
    throw new LabError('BAD_REQUEST', `${path} is a folder.`, { hint: await filesHint(path) })
  }
  // Opening any other pipe or device may wait for ever, in a place that Ctrl-C does not reach.
  const isPipe = found.isFIFO() && path.startsWith('/dev/')
  if (!found.isFile() && !isPipe) throw new LabError('BAD_REQUEST', `${path} is not a file.`, { hint: 'Name a file.' })
  const other = isPipe ? null : otherKind(await beginning(path))
  if (other === null) return { path, bytes: found.size }
  throw new LabError('BAD_REQUEST', `${path} is ${other.what}, not text.`, { hint: other.hint })
}

/**
 * A whole text file in UTF-8, or in UTF-16 with its mark, or what a pipe under /dev hands over.
 * @throws LabError where it is no file, too large or not text; else what the operating system says of it
 */
export async function readTextFile(path: string): Promise<string> {
  const { bytes: size } = await findTextFile(path)
  if (size > maxBytes) throw tooLarge(path)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(path)
    chunks.push(chunk)
  }
  return decode(path, Buffer.concat(chunks))
}

/** Files of a folder that may be meant. */
async function filesHint(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => [])
  const meant = names.filter((name) => /\.(ya?ml|jsonl?|ndjson|csv|tsv)$/i.test(name)).toSorted()
  if (meant.length === 0) return 'Name a file in it.'
  const more = meant.length > 3 ? ` and ${meant.length - 3} more` : ''
  return `Name a file in it: ${meant.slice(0, 3).join(', ')}${more}.`
}

async function beginning(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

interface OtherKind {
  readonly what: string
  readonly hint: string
}

/** What a file is that begins with bytes no text has; null for text, as far as these bytes tell. */
function otherKind(bytes: Buffer): OtherKind | null {
  const begins = (signature: string) => bytes.subarray(0, signature.length).equals(Buffer.from(signature, 'latin1'))
  if (begins('GGUF'))
    return { what: 'a model in GGUF', hint: 'Name a file with prompts; models are listed by: variants' }
  if (begins('PK\u0003\u0004')) {
    return { what: 'a spreadsheet or an archive', hint: 'Save the spreadsheet as CSV, or unpack the archive first.' }
  }
  if (begins('\u001f\u008b')) return { what: 'compressed', hint: 'Unpack it first: gunzip.' }
  const isWide = encodingOf(bytes) !== 'utf-8'
  if (isWide || !bytes.includes(0)) return null
  return { what: 'binary', hint: 'Name a text file, or save it again with the encoding UTF-8.' }
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
