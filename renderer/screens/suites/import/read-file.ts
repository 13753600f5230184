import { suiteLimits } from '#shared/domain/words.ts'

export const importFormats = ['yaml', 'json', 'jsonl', 'csv', 'promptfoo'] as const
export type ImportFormat = (typeof importFormats)[number]

export const formatNames: Readonly<Record<ImportFormat, string>> = {
  yaml: 'YAML',
  json: 'JSON',
  jsonl: 'JSON Lines',
  csv: 'CSV',
  promptfoo: 'promptfoo',
}

export const acceptedEndings = '.yaml,.yml,.json,.jsonl,.ndjson,.csv,.tsv'

/** The text of a file, or a sentence about why it cannot be read. */
export async function readText(file: File): Promise<{ readonly text: string } | { readonly problem: string }> {
  if (file.size > suiteLimits.fileBytes) {
    return { problem: `The file is larger than ${suiteLimits.fileBytes / 1024 / 1024} MB, the most a suite may have.` }
  }
  try {
    return { text: decode(new Uint8Array(await file.arrayBuffer())) }
  } catch (error) {
    // Browsers name these errors by what happened: a folder was dropped, the file has gone, it is no text.
    const isBytes = error instanceof TypeError
    return {
      problem: isBytes ? 'The file is not text in UTF-8.' : 'The file cannot be read. Is it a folder, or has it moved?',
    }
  }
}

/** Spreadsheets write UTF-16 with a mark; everything else has to be UTF-8. @throws TypeError */
function decode(bytes: Uint8Array): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const name = isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
  return new TextDecoder(name, { fatal: true }).decode(bytes)
}

const endings: Readonly<Record<string, ImportFormat>> = {
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  csv: 'csv',
  tsv: 'csv',
}

/** What a file probably is, by its name and, for promptfoo's, by what only its configs have. */
export function guessFormat(name: string, text: string): ImportFormat {
  const format = endings[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? guessByText(text)
  const mayBeConfig = format === 'yaml' || format === 'json'
  const isConfig = /^promptfoo/i.test(name) || /^ {0,4}"?(?:providers|targets|tests|defaultTest)"?\s*:/m.test(text)
  return mayBeConfig && isConfig ? 'promptfoo' : format
}

function guessByText(text: string): ImportFormat {
  const start = text.trimStart()
  if (!start.startsWith('{')) return 'yaml'
  return /\}\s*\n\s*\{/.test(start.slice(0, 100_000)) ? 'jsonl' : 'json'
}
