import type { Command } from 'commander'
import type { Run } from '#shared/domain/run.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import type { Context } from '../context.ts'
import { runOnce } from '../earlier-run.ts'
import { writeReport } from '../report-files.ts'
import { printResult } from '../run-result.ts'
import { prepareSpecimen, specimenLimits } from '../specimen.ts'

const suite = 'specimen-quick'
const precisions = ['F16', 'Q8_0', 'FP8-E4M3 (simulated)', 'Q4_K_M', 'Q2_K']

export function addDemo(program: Command, { act, program: prefix }: VerbHost): void {
  program
    .command('demo')
    .description('compare five precisions of the specimen, a small model that comes along')
    .option('--fresh', 'generate everything again')
    .addHelpText('after', () =>
      examples(prefix, [
        ['demo', 'one to three minutes on two cores; a second call generates nothing again'],
        ['demo --fresh --json', 'measured again, for a script'],
      ]),
    )
    .action(act(demo))
}

const demo: Verb<{ readonly fresh?: boolean }, readonly []> = async (context, { fresh = false }) => {
  const lab = await context.lab()
  const variants = await prepareSpecimen(context, lab, precisions)
  const spec = { name: 'Demo', suites: [suite], variants: variants.map(({ id }) => id), ...specimenLimits }
  const run = await runOnce(context, lab, spec, { fresh })
  await printResult(context, lab, run)
  if (!context.json) await sayWhatNext(context, run, await writeReport(lab, run.id))
}

async function sayWhatNext({ terminal, program }: Context, run: Run, report: string): Promise<void> {
  const { style } = terminal
  const next = [
    [`compare ${run.id} --tag distance`, 'is the loss larger away from the benchmark wording?'],
    ['refusals', 'what will the specimen not say, against matched controls?'],
    ['variants', 'your own models: whatever Ollama has on this machine'],
  ] as const
  const width = Math.max(...next.map(([command]) => command.length))
  const lines = next.map(
    ([command, what]) => `  ${style.command(`${program} ${command}`)}${' '.repeat(width - command.length)}  ${what}`,
  )
  await terminal.print(`\n${style.title('Report')}  ${report}\n\n${style.title('Next')}\n${lines.join('\n')}`)
}
