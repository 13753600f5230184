import { stat } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import type { LabClient } from '#shared/contract/contract.ts'
import { LabError } from '#shared/domain/error.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { suiteSizes, tooLargeWords } from '#shared/domain/words.ts'
import { findTextFile, readTextFile } from './read-text-file.ts'
import { UsageError } from './show-error.ts'

export const suiteFormats = ['yaml', 'json', 'jsonl', 'csv'] as const
export type SuiteFormat = (typeof suiteFormats)[number]

/** What can be read: a promptfoo config is YAML or JSON, and no ending tells it. */
export const readableFormats = [...suiteFormats, 'promptfoo'] as const
export type ReadableFormat = (typeof readableFormats)[number]

const byExtension: Readonly<Record<string, SuiteFormat>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'csv',
}

export interface SuiteFile {
  readonly text: string
  readonly format: ReadableFormat
  /** As problems name it. */
  readonly file: string
}

/** Characters of UTF-8 take up to four bytes: what is larger than that is not read to be refused. */
const maxBytesACharacter = 4

/**
 * @throws UsageError where the ending says nothing of the format; LabError where the file is no text or too large for a
 * suite; what the operating system says of the file
 */
export async function readSuiteFile(cwd: string, path: string, format?: ReadableFormat): Promise<SuiteFile> {
  const found = await findTextFile(resolve(cwd, path))
  const known = format ?? byExtension[extname(path).toLowerCase()]
  if (known === undefined) {
    throw new UsageError(
      `The name of ${path} does not say its format.`,
      `Say it: --format ${readableFormats.join('|')}`,
    )
  }
  if (found.bytes > suiteSizes[known] * maxBytesACharacter) throw tooLarge(path, known, found.bytes)
  const text = await readTextFile(found.path)
  if (text.length > suiteSizes[known]) throw tooLarge(path, known, text.length)
  return { text, format: known, file: path }
}

function tooLarge(file: string, format: ReadableFormat, bytes: number): LabError {
  const words = tooLargeWords(format, bytes)
  return new LabError('SUITE_INVALID', `${file}: ${words.message}.`, {
    hint: `Expected ${words.expected}.`,
    data: { problems: [{ file, line: 1, column: 1, path: '', ...words }] },
  })
}

/** Names and hashes stay as they are; a file is saved as a suite first, and its hash takes its place. */
export async function suiteNames(lab: LabClient, cwd: string, words: readonly string[]): Promise<readonly string[]> {
  const names: string[] = []
  for (const word of words) names.push((await isSuiteFile(cwd, word)) ? (await saveFile(lab, cwd, word)).hash : word)
  return names
}

async function isSuiteFile(cwd: string, word: string): Promise<boolean> {
  if (!Object.hasOwn(byExtension, extname(word).toLowerCase()) && basename(word) === word) return false
  const found = await stat(resolve(cwd, word)).catch(() => null)
  return found?.isFile() ?? false
}

const saveFile = async (lab: LabClient, cwd: string, path: string): Promise<SuiteSummary> =>
  lab['suites.save'](await readSuiteFile(cwd, path))
