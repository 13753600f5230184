import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { SuitePreview } from '#shared/contract/suite-views.ts'
import type { SuiteProblem, SuiteSummary } from '#shared/domain/suite.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import { exitCodes } from '../exit-codes.ts'
import { offering, oneOf, wholeNumber } from '../option-values.ts'
import { printExport } from '../print-export.ts'
import { countedText, countText } from '#shared/domain/figures.ts'
import { renderProblems } from '../render/problems.ts'
import { jsonText, plainLine } from '../render/plain-text.ts'
import { renderSuites } from '../render/suites.ts'
import { writeWhole } from '../report-files.ts'
import { readableFormats, readSuiteFile, suiteFormats, type ReadableFormat, type SuiteFormat } from '../suite-files.ts'
import type { Terminal } from '../terminal.ts'

interface FileOptions {
  readonly format?: ReadableFormat
}

const templates = ['arithmetic', 'letters', 'dates', 'logic', 'units', 'mixed'] as const

export function addSuites(program: Command, { act, program: prefix }: VerbHost): void {
  const suites = program.command('suites').description('list, check, import, export and generate suites')
  suites.action(act(list)).addHelpText('after', () =>
    examples(prefix, [
      ['suites check my-prompts.yaml', 'every mistake with its line'],
      ['suites generate arithmetic --n 400 --seed 7', 'as many checkable prompts as the statistics need'],
    ]),
  )
  const add = (name: string, description: string, lines: Parameters<typeof examples>[1]) =>
    suites
      .command(name)
      .description(description)
      .addHelpText('after', () => examples(prefix, lines))
  add('list', 'the suites there are', [['suites list --json', 'with hashes, languages and counts']]).action(act(list))
  addFiles(add, act)
  add('export', 'write a suite as a file', [
    ['suites export specimen-quick', 'as YAML, to the screen'],
    ['suites export specimen-quick --format csv --out prompts.csv', 'for a spreadsheet'],
  ])
    .argument('<suite>', 'its name or hash')
    .addOption(oneOf('--format <name>', 'as what', suiteFormats).default('yaml'))
    .option('--out <file>', 'where to (default: stdout)')
    .action(act(exportSuite))
  add('generate', 'make a suite from a template and a seed', [
    ['suites generate arithmetic --n 400', 'four hundred sums, differences, products …'],
    ['suites generate mixed --n 600 --seed 7 --name mine', 'items of every template in turn'],
  ])
    .addArgument(offering('<template>', 'what it is made from', templates))
    .requiredOption('--n <prompts>', 'how many', wholeNumber(1, 100_000))
    .option('--seed <n>', 'another seed makes other prompts', wholeNumber(0), 1)
    .option('--name <text>', 'a name for it')
    .action(act(generate))
  add('delete', 'hide a suite from the list', [['suites delete arithmetic-400-1', 'runs that used it keep it']])
    .argument('<suite>', 'its name or hash')
    .action(act(deleteSuite))
}

/** The two commands that read a file. */
function addFiles(
  add: (name: string, description: string, lines: Parameters<typeof examples>[1]) => Command,
  act: VerbHost['act'],
): void {
  const format = () => oneOf('--format <name>', 'what it is (default: by its ending)', readableFormats)
  add('check', 'say what is wrong in a file, and where', [
    ['suites check my-prompts.yaml', 'nothing is saved'],
    ['suites check promptfooconfig.yaml --format promptfoo', 'what an import would leave out'],
  ])
    .argument('<file>', 'YAML, JSON, JSON Lines or CSV')
    .addOption(format())
    .action(act(check))
  add('import', 'save a file as a suite', [
    ['suites import my-prompts.csv', 'under the name of the file'],
    ['suites import promptfooconfig.yaml --format promptfoo', 'prompts, tests, vars and asserts of promptfoo'],
  ])
    .argument('<file>', 'YAML, JSON, JSON Lines or CSV')
    .addOption(format())
    .action(act(importFile))
}

const list: Verb<object, readonly []> = async ({ terminal, json, lab }) => {
  const suites = await (await lab())['suites.list']({})
  await terminal.print(json ? jsonText(suites, 2) : renderSuites(suites, terminal))
}

const check: Verb<FileOptions, readonly [string]> = async ({ terminal, json, cwd, lab }, { format }, path) => {
  const file = await readSuiteFile(cwd, path, format)
  const { problems, advice, preview } = await (await lab())['suites.check'](file)
  if (json) await terminal.print(jsonText({ problems, advice, preview }, 2))
  else if (preview === null) await terminal.print(renderProblems(problems, terminal.style))
  else {
    tellNotes(terminal, [...problems, ...advice])
    const { name, n, hash } = preview.summary
    const about = `${plainLine(name)}, ${countedText(n, 'prompt')}${tellsText(preview)}`
    const ok = `${terminal.style.pass('ok')}  ${about}\n    ${hash}`
    await terminal.print(ok)
  }
  return preview === null ? exitCodes.failure : exitCodes.ok
}

/** What its graded prompts can show; nothing of a suite that measures no accuracy. */
function tellsText({ summary: { n, graded }, resolvablePoints }: SuitePreview): string {
  if (resolvablePoints === null) return ' (none graded)'
  const mixed = graded === n ? '' : `${countText(graded)} graded, `
  return ` (${mixed}can tell a loss of ${resolvablePoints.toFixed(1)} points from none)`
}

const importFile: Verb<FileOptions, readonly [string]> = async ({ terminal, json, cwd, lab }, { format }, path) => {
  const saved = await (await lab())['suites.save'](await readSuiteFile(cwd, path, format))
  if (!json) tellNotes(terminal, saved.notes)
  await terminal.print(json ? jsonText(saved, 2) : savedText(saved))
}

/** What an import leaves out, and advice: the suite is one all the same. */
function tellNotes(terminal: Terminal, notes: readonly SuiteProblem[]): void {
  if (notes.length > 0) terminal.note(renderProblems(notes, terminal.noteStyle))
}

const savedText = ({ name, n, hash }: SuiteSummary): string =>
  `Saved: ${plainLine(name)}, ${countedText(n, 'prompt')}\n${hash}`

interface ExportOptions {
  readonly format: SuiteFormat
  readonly out?: string
}

const exportSuite: Verb<ExportOptions, readonly [string]> = async ({ terminal, json, cwd, lab }, options, suite) => {
  const { text } = await (await lab())['suites.export']({ suite, format: options.format })
  if (options.out === undefined) return printExport({ terminal, json }, { suite }, { ...options, text })
  const path = resolve(cwd, options.out)
  await writeWhole(path, text)
  return terminal.print(json ? jsonText({ suite, file: path }, 2) : `Written: ${path}`)
}

interface GenerateOptions {
  readonly n: number
  readonly seed: number
  readonly name?: string
}

const generate: Verb<GenerateOptions, readonly [string]> = async ({ terminal, json, lab }, options, template) => {
  const { n, seed, name } = options
  const saved = await (await lab())['suites.generate']({ template, n, seed, ...(name === undefined ? {} : { name }) })
  await terminal.print(json ? jsonText(saved, 2) : savedText(saved))
}

const deleteSuite: Verb<object, readonly [string]> = async ({ terminal, json, lab }, _options, suite) => {
  await (await lab())['suites.delete']({ suite })
  await terminal.print(json ? jsonText({ suite, deleted: true }, 2) : `${plainLine(suite)} is hidden; runs keep it.`)
}
