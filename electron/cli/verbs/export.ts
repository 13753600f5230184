import { resolve } from 'node:path'
import type { Command } from 'commander'
import { examples, type Verb, type VerbHost } from '../act.ts'
import { oneOf } from '../option-values.ts'
import { printExport } from '../print-export.ts'
import { jsonText } from '../render/plain-text.ts'
import { writeReport, writeWhole } from '../report-files.ts'
import { resolveRun } from '../resolve-run.ts'

const formats = ['html', 'markdown', 'csv', 'jsonl', 'junit', 'json'] as const

interface ExportOptions {
  readonly format: (typeof formats)[number]
  readonly out?: string
  readonly text?: boolean
}

export function addExport(program: Command, { act, program: prefix }: VerbHost): void {
  program
    .command('export')
    .description('write a run as a report or as data')
    .argument('<run>', 'its number, or last')
    .addOption(oneOf('--format <name>', 'what to write', formats).default('html'))
    .option('--out <file>', 'where to; without it HTML goes to the folder of reports, the rest to stdout')
    .option('--text', 'with thinking and answers')
    .addHelpText('after', () =>
      examples(prefix, [
        ['export last --out report.html', 'one file that opens anywhere'],
        ['export 17 --format junit --out assay.xml', 'for a build server'],
      ]),
    )
    .action(act(exportRun))
}

const exportRun: Verb<ExportOptions, readonly [string]> = async (context, { format, out, text = false }, word) => {
  const { terminal, cwd } = context
  const lab = await context.lab()
  const run = await resolveRun(lab, word)
  const written = (path: string) =>
    terminal.print(context.json ? jsonText({ run, format, file: path }, 2) : `Written: ${path}`)
  if (out === undefined && format === 'html' && !text) return written(await writeReport(lab, run))
  const file = await lab['report.export']({ run, format, text })
  if (out === undefined) return printExport(context, { run }, { format, text: file.text })
  const path = resolve(cwd, out)
  await writeWhole(path, file.text)
  return written(path)
}
