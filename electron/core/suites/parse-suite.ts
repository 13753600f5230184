import { basename, extname } from 'node:path'
import { promptSchema, suiteSchema, type HashedSuite, type Suite, type SuiteProblem } from '#shared/domain/suite.ts'
import { suiteSizes, tooLargeWords } from '#shared/domain/words.ts'
import { adviceOn } from './advice.ts'
import { expandPrompts, type Draft, type ExpandedPrompt } from './expand.ts'
import { hashSuite } from './hash-suite.ts'
import { importPromptfoo } from './import-promptfoo.ts'
import { importTable } from './import-table.ts'
import { readJsonLinesSource, readJsonSource } from './read/read-json.ts'
import { readYamlSource } from './read/read-yaml.ts'
import { atOrigin, idFaults, promptFaults } from './prompt-faults.ts'
import { readDraft } from './read-draft.ts'
import { createLineIndex, fileProblem, toProblems, type Fault, type ReadResult, type Source } from './read/source.ts'
import { faultsOf } from './zod-faults.ts'

export const suiteFormats = ['yaml', 'json', 'jsonl', 'csv', 'promptfoo'] as const
export type SuiteFormat = (typeof suiteFormats)[number]

export interface SuiteText {
  readonly text: string
  readonly format: SuiteFormat
  /** Name or path of the file, for problems and for the name of a suite that states none. */
  readonly file: string
}

/** A suite, or what is wrong with it. `notes`: what an import left out; `advice`: what is sound and may be meant otherwise. */
export type ParsedSuite =
  | {
      readonly suite: HashedSuite
      readonly notes: readonly SuiteProblem[]
      readonly advice: readonly SuiteProblem[]
    }
  | { readonly suite: null; readonly problems: readonly SuiteProblem[] }

/** Reads, checks and hashes a suite. Never throws for what is in the text; every problem has a line and a column. */
export function parseSuite({ text, format, file }: SuiteText): ParsedSuite {
  const { source, notes, problems } = read(text.replace(/^\uFEFF/, ''), format, file)
  if (source === null) return { suite: null, problems }
  const isTable = format === 'csv'
  const { draft, faults } = readDraft(source.data, isTable)
  const built = draft === null ? nothingBuilt : build(draft, { defaultName: nameOf(file), notes, isTable })
  const told = [...faults, ...built.faults, ...idFaults(source.data, built.prompts)]
  if (draft === null || built.suite === null || problems.length + told.length > 0) {
    return { suite: null, problems: toProblems(source, told, problems) }
  }
  return { suite: hashSuite(built.suite), notes, advice: toProblems(source, adviceOn(draft)) }
}

/** The format a file's name says, or null. promptfoo configs are YAML or JSON and have to be named as such. */
export function formatOfFile(file: string): SuiteFormat | null {
  const formats: Readonly<Record<string, SuiteFormat>> = {
    '.yaml': 'yaml',
    '.yml': 'yaml',
    '.json': 'json',
    '.jsonl': 'jsonl',
    '.ndjson': 'jsonl',
    '.csv': 'csv',
    '.tsv': 'csv',
  }
  return formats[extname(file).toLowerCase()] ?? null
}

interface Read {
  /** Null where the text cannot be read at all. */
  readonly source: Source | null
  readonly notes: readonly SuiteProblem[]
  /** What is wrong in the text itself; with a source, what it holds is told as well. */
  readonly problems: readonly SuiteProblem[]
}

function read(text: string, format: SuiteFormat, file: string): Read {
  const fault = textProblem(text, file)
  if (fault !== null) return { source: null, notes: [], problems: fault.problems }
  const { message, expected } = tooLargeWords(format, text.length)
  const tooLong = text.length > suiteSizes[format]
  const result = tooLong ? fileProblem(file, message, { expected }) : readFormat(text, format, file)
  if (!('source' in result)) return { source: null, notes: [], problems: result.problems }
  return { source: result.source, notes: result.notes ?? [], problems: result.problems ?? [] }
}

/** What is no suite in any format. */
function textProblem(text: string, file: string): ReturnType<typeof fileProblem> | null {
  if (text.trim() === '') {
    return fileProblem(file, 'the file is empty', { expected: 'prompts, each with a text and its answer' })
  }
  const at = text.indexOf('\0')
  if (at < 0) return null
  // Text in two bytes a character, read as one: every other character is a zero.
  const message = at < 2 ? 'the file is no text, or UTF-16 without its mark' : 'a NUL character stands here'
  return fileProblem(file, message, { ...createLineIndex(text)(at), expected: 'text in UTF-8' })
}

function readFormat(
  text: string,
  format: SuiteFormat,
  file: string,
): ReadResult & { readonly notes?: readonly SuiteProblem[] } {
  switch (format) {
    case 'yaml':
      return readYamlSource(text, file)
    case 'json':
      return readJsonSource(text, file)
    case 'jsonl':
      return readJsonLinesSource(text, file)
    case 'csv':
      return importTable(text, file)
    case 'promptfoo':
      return importPromptfoo(text, file)
  }
}

/** A name that a suite may have, from the name of its file. */
function nameOf(file: string): string {
  const bare = basename(file.replaceAll('\\', '/'), extname(file))
  const name = bare.replace(/[^\p{L}\p{N} ._+-]/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '')
  return name.slice(0, 100) || 'suite'
}

interface Context {
  readonly defaultName: string
  readonly notes: readonly SuiteProblem[]
  /** Its answers stand in cells. */
  readonly isTable: boolean
}

interface Built {
  readonly suite: Suite | null
  readonly prompts: readonly ExpandedPrompt[]
  readonly faults: readonly Fault[]
}

const nothingBuilt: Built = { suite: null, prompts: [], faults: [] }

/** The canonical suite, or everything that can be told of what keeps it from being one. */
function build(draft: Draft, { defaultName, notes, isTable }: Context): Built {
  const { $schema: _, templates: __, variables: ___, defaults: ____, prompts: _____, ...head } = draft
  const { prompts, faults } = expandPrompts(draft)
  if (prompts.length === 0) return { suite: null, prompts, faults }
  const description = [head.description, leftOut(notes)].filter((part) => part !== '').join(' ')
  const whole = { ...head, name: head.name ?? defaultName, description, prompts: prompts.map(({ prompt }) => prompt) }
  const parsed = suiteSchema.safeParse(whole, { reportInput: true })
  const canonical = parsed.success ? parsed.data.prompts : null
  const sound = prompts.flatMap((from, index) => {
    const prompt = canonical?.[index] ?? promptSchema.safeParse(from.prompt).data
    return prompt === undefined ? [] : [{ prompt, from }]
  })
  const wrong = parsed.success ? [] : faultsOf(parsed.error).map((fault) => atOrigin(fault, prompts))
  return {
    suite: parsed.success ? { ...parsed.data, prompts: parsed.data.prompts.map(withoutEmptySystem) } : null,
    prompts,
    faults: [...faults, ...wrong, ...promptFaults(sound, isTable)],
  }
}

function leftOut(notes: readonly SuiteProblem[]): string {
  return notes.length === 0
    ? ''
    : `The import left out ${notes.length} ${notes.length === 1 ? 'thing' : 'things'} it could not take over.`
}

function withoutEmptySystem({ system, ...prompt }: Suite['prompts'][number]): Suite['prompts'][number] {
  return system === undefined || system === '' ? prompt : { ...prompt, system }
}
