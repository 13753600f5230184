import { basename, extname } from 'node:path'
import { suiteSchema, type HashedSuite, type Suite, type SuiteProblem } from '#shared/domain/suite.ts'
import { suiteLimits } from '#shared/domain/words.ts'
import { graderProblem } from '#shared/grading/grader-problem.ts'
import { checkFacts } from '#shared/refusals/judge-probe.ts'
import { authoredSuiteSchema, type AuthoredSuite } from './authoring.ts'
import { expandPrompts, type ExpandedPrompt } from './expand.ts'
import { hashSuite } from './hash-suite.ts'
import { importPromptfoo } from './import-promptfoo.ts'
import { importTable } from './import-table.ts'
import { readJsonLinesSource, readJsonSource } from './read/read-json.ts'
import { readYamlSource } from './read/read-yaml.ts'
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

/** A suite, or what is wrong with it. `notes`: what an import left out; empty for Assay's own formats. */
export type ParsedSuite =
  | { readonly suite: HashedSuite; readonly notes: readonly SuiteProblem[] }
  | { readonly suite: null; readonly problems: readonly SuiteProblem[] }

/** Sizes by format, in characters: YAML keeps a tree with positions in memory, JSON Lines only one line at a time. */
const maxChars: Readonly<Record<SuiteFormat, number>> = {
  yaml: 2 * 1024 * 1024,
  promptfoo: 2 * 1024 * 1024,
  json: 16 * 1024 * 1024,
  jsonl: suiteLimits.fileBytes,
  csv: suiteLimits.fileBytes,
}

/** Reads, checks and hashes a suite. Never throws for what is in the text; every problem has a line and a column. */
export function parseSuite({ text, format, file }: SuiteText): ParsedSuite {
  const { source, notes, problems } = read(text.replace(/^\uFEFF/, ''), format, file)
  if (source === null) return { suite: null, problems }
  const authored = authoredSuiteSchema.safeParse(source.data, { reportInput: true })
  if (!authored.success) return { suite: null, problems: toProblems(source, faultsOf(authored.error)) }
  const { suite, faults } = build(authored.data, { defaultName: nameOf(file), notes, format })
  return suite === null || faults.length > 0
    ? { suite: null, problems: toProblems(source, faults) }
    : { suite: hashSuite(suite), notes }
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
  readonly source: Source | null
  readonly notes: readonly SuiteProblem[]
  readonly problems: readonly SuiteProblem[]
}

function read(text: string, format: SuiteFormat, file: string): Read {
  const fault = textProblem(text, file)
  if (fault !== null) return { source: null, notes: [], problems: fault.problems }
  const tooLong = text.length > maxChars[format]
  const expected = `at most ${maxChars[format] / 1024 / 1024} MB as ${format}; JSON Lines may be larger`
  const result = tooLong ? fileProblem(file, 'the file is too large', { expected }) : readFormat(text, format, file)
  if ('problems' in result) return { source: null, notes: [], problems: result.problems }
  return { source: result.source, notes: result.notes ?? [], problems: [] }
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
  readonly format: SuiteFormat
}

function build(
  authored: AuthoredSuite,
  { defaultName, notes, format }: Context,
): { readonly suite: Suite | null; readonly faults: readonly Fault[] } {
  const { $schema: _, templates: __, variables: ___, defaults: ____, prompts: _____, ...head } = authored
  const { prompts, faults } = expandPrompts(authored)
  if (faults.length > 0) return { suite: null, faults }
  const description = [head.description, leftOut(notes)].filter((part) => part !== '').join(' ')
  const whole = { ...head, name: head.name ?? defaultName, description, prompts: prompts.map(({ prompt }) => prompt) }
  const parsed = suiteSchema.safeParse(whole, { reportInput: true })
  if (!parsed.success) return { suite: null, faults: faultsOf(parsed.error).map((fault) => atOrigin(fault, prompts)) }
  const suite = { ...parsed.data, prompts: parsed.data.prompts.map(withoutEmptySystem) }
  return {
    suite,
    faults: [
      ...missingAnswers(suite, prompts, format),
      ...idFaults(suite, prompts),
      ...graderFaults(suite, prompts),
      ...factFaults(suite, prompts),
    ],
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

/** A fault in an expanded prompt stands where its authored prompt stands. */
function atOrigin(fault: Fault, prompts: readonly ExpandedPrompt[]): Fault {
  const [head, index, ...rest] = fault.path
  if (head !== 'prompts' || typeof index !== 'number') return fault
  return { ...fault, path: ['prompts', prompts[index]?.origin ?? index, ...rest] }
}

/** A prompt that nothing grades would be run and counted nowhere: it has to say that this is meant. */
function missingAnswers(suite: Suite, prompts: readonly ExpandedPrompt[], format: SuiteFormat): readonly Fault[] {
  const expected =
    format === 'csv'
      ? 'one in this cell; or a column grader with none, where the prompt is only asked'
      : 'expected or grader; or ungraded: true, where it is only asked'
  const missing = suite.prompts.flatMap(({ grader, probe }, index) => {
    const { origin = index, ungraded = false } = prompts[index] ?? {}
    return grader === undefined && probe === undefined && !ungraded ? [origin] : []
  })
  return [...new Set(missing)].map((origin) => ({
    path: ['prompts', origin],
    message: 'the prompt has no answer',
    expected,
  }))
}

function idFaults(suite: Suite, prompts: readonly ExpandedPrompt[]): readonly Fault[] {
  const seen = new Set<string>()
  return suite.prompts.flatMap(({ id }, index) => {
    const isNew = !seen.has(id)
    seen.add(id)
    const path = ['prompts', prompts[index]?.origin ?? index, 'id']
    // The store would write another id than it was given: half a character has no UTF-8.
    if (!id.isWellFormed()) return [{ path, message: 'the id holds half a character', expected: 'whole characters' }]
    return isNew
      ? []
      : [{ path, message: `the id "${id}" is given twice`, expected: 'an id of its own for every prompt' }]
  })
}

function graderFaults(suite: Suite, prompts: readonly ExpandedPrompt[]): readonly Fault[] {
  const faults: Fault[] = []
  const reported = new Set<number>()
  for (const [index, { grader }] of suite.prompts.entries()) {
    const origin = prompts[index]?.origin ?? index
    const problem = grader === undefined || reported.has(origin) ? null : graderProblem(grader)
    if (problem === null) continue
    reported.add(origin)
    faults.push({ ...problem, path: ['prompts', origin, 'grader', ...problem.path] })
  }
  return faults
}

/** Patterns of facts that are not RE2: without this they would only be found when an answer is labelled. */
function factFaults(suite: Suite, prompts: readonly ExpandedPrompt[]): readonly Fault[] {
  const faults: Fault[] = []
  const reported = new Set<number>()
  for (const [index, { probe }] of suite.prompts.entries()) {
    const origin = prompts[index]?.origin ?? index
    if (probe === undefined || reported.has(origin) || checkFacts(probe).length === 0) continue
    reported.add(origin)
    for (const [number, fact] of probe.facts.entries()) {
      for (const [place, pattern] of fact.any.entries()) {
        const [message] = checkFacts({ ...probe, facts: [{ ...fact, any: [pattern] }] })
        if (message === undefined) continue
        const path = ['prompts', origin, 'probe', 'facts', number, 'any', place]
        faults.push({ path, message, expected: 'RE2 syntax: no look-around, no back-references' })
      }
    }
  }
  return faults
}
