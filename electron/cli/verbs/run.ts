import type { Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import { LabError } from '#shared/domain/error.ts'
import type { Run } from '#shared/domain/run.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import type { Context } from '../context.ts'
import type { ExitCode } from '../exit-codes.ts'
import { followRun } from '../follow-run.ts'
import { jsonText } from '../render/plain-text.ts'
import { renderPlan } from '../render/plan.ts'
import { resolveRun } from '../resolve-run.ts'
import { printResult, runExitCode, tellFailures, type CheckOptions } from '../run-result.ts'
import { addSpecOptions, fitContext, makeSpec, type SpecOptions } from '../run-spec.ts'
import { UsageError } from '../show-error.ts'
import { suiteNames } from '../suite-files.ts'
import { variantWords } from '../variant-words.ts'

interface RunOptions extends SpecOptions, CheckOptions {
  readonly planOnly?: boolean
}

interface ResumeOptions extends CheckOptions {
  readonly errors?: boolean
}

export function addRun(program: Command, { act, program: prefix }: VerbHost): void {
  const command = program
    .command('run')
    .description('run suites through variants and compare them')
    .argument('<suite...>', 'suites by name or hash, or files')
  addCheckOptions(addSpecOptions(command))
    .option('--plan-only', 'print what the run would cost and start nothing')
    .addHelpText('after', () => examples(prefix, runExamples))
    .action(act(run))

  addCheckOptions(
    program
      .command('resume')
      .description('run the missing cells of a run')
      .argument('<run>', 'its number, or last')
      .option('--errors', 'also run the cells again that failed'),
  )
    .addHelpText('after', () =>
      examples(prefix, [
        ['resume last', 'after Ctrl-C, a crash or a full disk: exactly what is missing'],
        ['resume 17 --errors', 'also what failed, now that the engine is back'],
      ]),
    )
    .action(act(resume))
}

export function addCheckOptions(command: Command): Command {
  return command
    .option('--check', 'exit with 3 when a variant is worse than the margin allows')
    .option('--strict', 'with --check: exit with 4 when a verdict is open')
}

const run: Verb<RunOptions, readonly [string[]]> = async (context, options, words) => {
  if ((options.variants ?? []).length === 0) {
    throw new UsageError(
      'A run needs variants.',
      `Name them after --variants; \`${context.program} variants\` lists them.`,
    )
  }
  const { terminal } = context
  const lab = await context.lab()
  const { signal } = context.interrupts
  const asked = await makeSpec(await suiteNames(lab, context.cwd, words), await variantWords(context.cwd, options))
  const { runSpecSchema } = await import('#shared/domain/run.ts')
  const first = await lab['runs.plan'](asked, { signal })
  const spec = fitContext(asked, first, runSpecSchema.parse(asked))
  const plan = spec === asked ? first : await lab['runs.plan'](spec, { signal })
  if (options.planOnly === true) {
    return terminal.print(context.json ? jsonText(plan, 2) : renderPlan(plan, terminal.style))
  }
  terminal.note(renderPlan(plan, terminal.noteStyle))
  if (spec !== asked) {
    terminal.note(`Context ${spec.contextTokens} tokens, what the variants were trained for; --context changes it.`)
  }
  const started = await lab['runs.start'](spec, { signal })
  terminal.note(`Run ${started.run}`)
  const finished = await followRun(context, lab, started.run)
  return finish(context, lab, finished, options)
}

const resume: Verb<ResumeOptions, readonly [string]> = async (context, options, word) => {
  const lab = await context.lab()
  const id = await resolveRun(lab, word)
  const { counts, state } = await lab['runs.get']({ run: id })
  if (state === 'running') {
    throw new LabError('RUN_LEASED', `Run ${id} is being executed by another process.`, {
      hint: `Follow it: ${context.program} watch ${id}\nStop it: ${context.program} stop ${id}`,
    })
  }
  if (counts.pending + counts.running > 0 || (options.errors === true && counts.error > 0)) {
    await lab['runs.resume']({ run: id, errors: options.errors ?? false })
  } else {
    context.terminal.note(
      counts.error > 0
        ? `Run ${id} has no missing cells. ${counts.error} failed: --errors runs those again.`
        : `Run ${id} is complete: nothing is generated.`,
    )
  }
  const finished = await followRun(context, lab, id)
  return finish(context, lab, finished, options)
}

async function finish(context: Context, lab: LabClient, run: Run, options: CheckOptions): Promise<ExitCode> {
  const comparisons = await printResult(context, lab, run)
  await tellFailures(context, lab, run)
  return runExitCode(run, comparisons, options)
}

const runExamples = [
  ['run specimen-quick --variants "specimen F16" "specimen Q4_K_M"', 'two precisions of the specimen'],
  [
    'run my-prompts.yaml --variants deepseek-r1:7b-fp16 deepseek-r1:7b-q4_K_M --margin 3 --check',
    'your own prompts and models; fails a script when 4 bit loses more than three points',
  ],
  ['run arithmetic --variants deepseek-r1:1.5b --preset deepseek-r1 --samples 4', 'sampled as DeepSeek recommends'],
] as const
