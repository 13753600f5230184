import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { examples, type Act } from './act.ts'
import { addCompletion } from './completion.ts'
import type { CliHost } from './run-cli.ts'
import { makeStyle, wantsColours } from './render/style.ts'
import { addCompare } from './verbs/compare.ts'
import { addDemo } from './verbs/demo.ts'
import { addDoctor } from './verbs/doctor.ts'
import { addEndpoints } from './verbs/endpoints.ts'
import { addExport } from './verbs/export.ts'
import { addHelp } from './verbs/help.ts'
import { addQuantize } from './verbs/quantize.ts'
import { addRefusals } from './verbs/refusals.ts'
import { addRun } from './verbs/run.ts'
import { addRuns } from './verbs/runs.ts'
import { addShow } from './verbs/show.ts'
import { addSuites } from './verbs/suites.ts'
import { addVariants } from './verbs/variants.ts'

const exitCodeHelp = `
Exit codes:
  0  done
  1  an engine, the store or a file failed; a suite is wrong
  2  the command line is wrong, or names what is not there; nothing was begun
  3  --check: a variant is worse than the margin allows
  4  --check --strict: a verdict is open
  130  stopped by Ctrl-C; what had been made is kept`

/** The whole command line. Building it costs milliseconds: the lab itself is loaded by the verbs that need it. */
export function makeProgram(host: CliHost, act: Act): Command {
  const wanted = !host.argv.includes('--no-color')
  const program = new Command('assay')
    .helpCommand(false)
    .description(packageJson.description)
    .version(packageJson.version, '-V, --version', 'print the version')
    .option('--home <folder>', 'where the lab keeps its data (also: ASSAY_HOME)')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .option('--quiet', 'say nothing besides the result')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--debug', 'with an error, print where it came from')
    .helpOption('-h, --help', 'show help')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      // Errors are thrown and told once, in run-cli.ts.
      writeErr() {},
      outputError() {},
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getOutHasColors: () => wantsColours(host.stdout, host.env, wanted),
    })
  const style = makeStyle(wantsColours(host.stdout, host.env, wanted))
  program.configureHelp({
    showGlobalOptions: true,
    styleTitle: style.title,
    styleCommandText: style.command,
    styleSubcommandTerm: style.command,
    styleOptionTerm: style.command,
  })
  program.addHelpText('after', () => `${examples(host.program, programExamples)}\n${exitCodeHelp}`)

  const verbs = { act, program: host.program }
  program.commandsGroup('Measure:')
  addDemo(program, verbs)
  addRun(program, verbs)
  addRefusals(program, verbs)
  program.commandsGroup('Look:')
  addRuns(program, verbs)
  addShow(program, verbs)
  addCompare(program, verbs)
  addExport(program, verbs)
  program.commandsGroup('Models and suites:')
  addVariants(program, verbs)
  addQuantize(program, verbs)
  addEndpoints(program, verbs)
  addSuites(program, verbs)
  program.commandsGroup('Help:')
  addHelp(program)
  addDoctor(program, verbs)
  addCompletion(program, verbs)
  return program
}

const programExamples = [
  ['demo', 'compare five precisions of the specimen, a model that comes along'],
  ['variants', 'the models on this machine'],
  ['run specimen-quick --variants deepseek-r1:7b-fp16 deepseek-r1:7b-q4_K_M', 'what does the 4 bit file lose?'],
  ['show last', 'what the last run wrote'],
] as const
