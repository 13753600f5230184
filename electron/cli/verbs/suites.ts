import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { SuiteProblem } from '#shared/domain/suite.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import { exitCodes } from '../exit-codes.ts'
import { oneOf, wholeNumber } from '../option-values.ts'
import { renderProblems } from '../render/problems.ts'
import { jsonText, plainLine } from '../render/plain-text.ts'
import { renderSuites } from '../render/suites.ts'
import { writeWhole } from '../report-files.ts'
import type { Terminal } from '../terminal.ts'
import { readSuiteFile, suiteFormats, type SuiteFormat } from '../suite-files.ts'

interface FileOptions {
  readonly format?: SuiteFormat | 'promptfoo'
}

export function addSuites(program: Command, { act, program: prefix }: VerbHost): void {
  const suites = program.command('suites').description('list, check, import, export and generate suites')
  suites.action(act(list)).addHelpText('after', () =>
    examples(prefix, [
      ['suites check my-prompts.yaml', 'every mistake with its line'],
      ['suites generate arithmetic --n 400 --seed 7', 'as many checkable prompts as the statistics need'],
    ]),
  )
  suites.command('list', { isDefault: false }).description('the suites there are').action(act(list))
  suites
    .command('check')
    .description('say what is wrong in a file, and where')
    .argument('<file>')
    .addOption(oneOf('--format <name>', 'what it is (default: by its ending)', suiteFormats))
    .action(act(check))
  suites
    .command('import')
    .description('save a file as a suite')
    .argument('<file>')
    .addOption(oneOf('--format <name>', 'what it is (default: by its ending)', [...suiteFormats, 'promptfoo']))
    .action(act(importFile))
  suites
    .command('export')
    .description('write a suite as a file')
    .argument('<suite>', 'its name or hash')
    .addOption(oneOf('--format <name>', 'as what', suiteFormats).default('yaml'))
    .option('--out <file>', 'where to (default: stdout)')
    .action(act(exportSuite))
  suites
    .command('generate')
    .description('make a suite from a template and a seed')
    .argument('<template>', 'for example arithmetic')
    .requiredOption('--n <prompts>', 'how many', wholeNumber(1, 100_000))
    .option('--seed <n>', 'another seed makes other prompts', wholeNumber(0), 1)
    .option('--name <text>', 'a name for it')
    .action(act(generate))
  suites.command('delete').description('hide a suite from the list').argument('<suite>').action(act(deleteSuite))
}

const list: Verb<object, readonly []> = async ({ terminal, json, lab }) => {
  const suites = await (await lab())['suites.list']({})
  await terminal.print(json ? jsonText(suites, 2) : renderSuites(suites, terminal))
}

const check: Verb<FileOptions, readonly [string]> = async ({ terminal, json, cwd, lab }, { format }, path) => {
  const file = await readSuiteFile(cwd, path, format === 'promptfoo' ? 'yaml' : format)
  const { problems, preview } = await (await lab())['suites.check'](file)
  if (json) await terminal.print(jsonText({ problems, preview }, 2))
  else if (preview === null) await terminal.print(renderProblems(problems, terminal.style))
  else {
    tellNotes(terminal, problems)
    const { name, n, hash } = preview.summary
    const tells = `can tell a loss of ${preview.resolvablePoints.toFixed(1)} points from none`
    await terminal.print(`${terminal.style.pass('ok')}  ${plainLine(name)}, ${n} prompts (${tells})\n    ${hash}`)
  }
  return preview === null ? exitCodes.failure : exitCodes.ok
}

const importFile: Verb<FileOptions, readonly [string]> = async ({ terminal, json, cwd, lab }, { format }, path) => {
  const file = await readSuiteFile(cwd, path, format === 'promptfoo' ? 'yaml' : format)
  const saved = await (await lab())['suites.save'](format === 'promptfoo' ? { ...file, format } : file)
  if (!json) tellNotes(terminal, saved.notes)
  await terminal.print(json ? jsonText(saved, 2) : `Saved: ${plainLine(saved.name)}, ${saved.n} prompts\n${saved.hash}`)
}

/** What an import leaves out: the suite is one all the same. */
function tellNotes(terminal: Terminal, notes: readonly SuiteProblem[]): void {
  if (notes.length > 0) terminal.note(renderProblems(notes, terminal.noteStyle))
}

interface ExportOptions {
  readonly format: SuiteFormat
  readonly out?: string
}

const exportSuite: Verb<ExportOptions, readonly [string]> = async ({ terminal, json, cwd, lab }, options, suite) => {
  const { text } = await (await lab())['suites.export']({ suite, format: options.format })
  if (options.out === undefined) return terminal.printRaw(text)
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
  await terminal.print(json ? jsonText(saved, 2) : `Saved: ${plainLine(saved.name)}, ${saved.n} prompts\n${saved.hash}`)
}

const deleteSuite: Verb<object, readonly [string]> = async ({ terminal, json, lab }, _options, suite) => {
  await (await lab())['suites.delete']({ suite })
  await terminal.print(json ? jsonText({ suite, deleted: true }, 2) : `${plainLine(suite)} is hidden; runs keep it.`)
}
