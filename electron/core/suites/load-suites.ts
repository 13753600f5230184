import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '#shared/domain/error.ts'
import type { HashedSuite } from '#shared/domain/suite.ts'
import { formatOfFile, parseSuite } from './parse-suite.ts'

/**
 * Every suite and probe pack that ships with Assay, by name.
 * @param root the folder resources/
 * @throws LabError SUITE_INVALID where a shipped file is damaged
 */
export async function bundledSuites(root: string): Promise<readonly HashedSuite[]> {
  const found = await Promise.all(['suites', 'probes'].map((folder) => suitesInFolder(join(root, folder))))
  return found.flat()
}

/** Every `*.json`, `*.yaml` and `*.jsonl` of a folder as a suite, in the order of their names; none where there is no folder. */
export async function suitesInFolder(folder: string): Promise<readonly HashedSuite[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => ['yaml', 'json', 'jsonl'].includes(formatOfFile(name) ?? '')).toSorted()
  return Promise.all(files.map((name) => loadSuite(join(folder, name))))
}

/**
 * One suite from a file, its format told by its name.
 * @throws LabError NOT_FOUND, BAD_REQUEST for an unknown kind of file, SUITE_INVALID with `data.problems`
 */
export async function loadSuite(file: string): Promise<HashedSuite> {
  const format = formatOfFile(file)
  if (format === null) {
    throw new LabError('BAD_REQUEST', `${file} is not a suite file.`, { hint: 'Use .yaml, .json, .jsonl or .csv.' })
  }
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause
    throw new LabError('NOT_FOUND', `There is no file ${file}.`, { cause, hint: 'Check the path.' })
  })
  const parsed = parseSuite({ text, format, file })
  if (parsed.suite !== null) return parsed.suite
  const [first] = parsed.problems
  const where = first === undefined ? file : `${file}:${first.line}:${first.column}`
  throw new LabError('SUITE_INVALID', `${where}: ${first?.message ?? 'not a suite'}.`, {
    hint: first?.expected ? `Expected ${first.expected}.` : 'Mend the file and try again.',
    data: { problems: parsed.problems },
  })
}
