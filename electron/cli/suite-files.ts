import { stat } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import type { LabClient } from '#shared/contract/contract.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { readTextFile } from './read-text-file.ts'
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

/** @throws UsageError where the ending says nothing of the format; what the operating system says of the file */
export async function readSuiteFile(cwd: string, path: string, format?: ReadableFormat): Promise<SuiteFile> {
  const known = format ?? byExtension[extname(path).toLowerCase()]
  if (known === undefined) {
    throw new UsageError(
      `The name of ${path} does not say its format.`,
      `Say it: --format ${readableFormats.join('|')}`,
    )
  }
  return { text: await readTextFile(resolve(cwd, path)), format: known, file: path }
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
