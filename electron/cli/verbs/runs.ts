import type { Command } from 'commander'
import { LabError } from '#shared/domain/error.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import { followRun } from '../follow-run.ts'
import { countedText } from '#shared/domain/figures.ts'
import { jsonText } from '../render/plain-text.ts'
import { renderRuns } from '../render/runs.ts'
import { resolveRun } from '../resolve-run.ts'
import { UsageError } from '../show-error.ts'

type OneRun<Options = object> = Verb<Options, readonly [string]>

export function addRuns(program: Command, { act, program: prefix }: VerbHost): void {
  const list = program.command('runs').description('list the runs').action(act(listRuns))
  addExamples(list, [
    ['runs', 'how far each has come'],
    ['runs --json', 'the same for a script'],
  ])
  const one = (name: string, description: string, lines: Parameters<typeof examples>[1]) =>
    addExamples(program.command(name).description(description).argument('<run>', 'its number, or last'), lines)
  one('watch', 'follow a run that another window or terminal executes', [
    ['watch last', 'until it rests; Ctrl-C ends the watching only'],
  ]).action(act(watch))
  one('stop', 'stop a run, wherever it is executed', [
    ['stop 17', 'finished cells are kept; resume runs the missing ones'],
    ['stop last --pause', 'the window or terminal that executes it can go on with it'],
  ])
    .option('--pause', 'pause it: it can go on in the same process')
    .action(act(stop))
  one('regrade', "apply today's graders and rules to stored answers", [
    ['regrade 17', 'after an update of Assay; nothing is generated'],
  ]).action(act(regrade))
  one('delete', 'delete a run with everything in it', [
    ['delete 17', 'asks first'],
    ['delete 17 --yes', 'in a script'],
  ])
    .option('--yes', 'do not ask')
    .action(act(deleteRun))

  function addExamples(command: Command, lines: Parameters<typeof examples>[1]): Command {
    return command.addHelpText('after', () => examples(prefix, lines))
  }
}

const listRuns: Verb<object, readonly []> = async ({ terminal, json, lab, program }) => {
  const runs = await (await lab())['runs.list']({})
  if (json) return terminal.print(jsonText(runs, 2))
  return terminal.print(runs.length === 0 ? `No runs yet. Make one: ${program} demo` : renderRuns(runs, terminal))
}

const watch: OneRun = async (context, _options, word) => {
  const lab = await context.lab()
  const id = await resolveRun(lab, word)
  const run = await followRun(context, lab, id, { onInterrupt: 'leave' })
  await context.terminal.print(context.json ? jsonText(run, 2) : `Run ${id} is done.`)
}

const stop: OneRun<{ readonly pause?: boolean }> = async (context, { pause }, word) => {
  const lab = await context.lab()
  const run = await resolveRun(lab, word)
  await lab[pause === true ? 'runs.pause' : 'runs.cancel']({ run })
  for await (const _event of lab['runs.watch']({ run, text: false }, { signal: context.interrupts.signal }));
  const { state } = await lab['runs.get']({ run })
  const next = state === 'done' ? '' : ` Continue with: ${context.program} resume ${run}`
  await context.terminal.print(context.json ? jsonText({ run, state }, 2) : `Run ${run} is ${state}.${next}`)
}

const regrade: OneRun = async ({ terminal, json, lab: openLab }, _options, word) => {
  const lab = await openLab()
  const run = await resolveRun(lab, word)
  const { changed } = await lab['runs.regrade']({ run })
  await terminal.print(
    json ? jsonText({ run, changed }, 2) : `${countedText(changed, 'grade or label', 'grades or labels')} changed.`,
  )
}

const deleteRun: OneRun<{ readonly yes?: boolean }> = async (context, { yes }, word) => {
  const lab = await context.lab()
  const id = await resolveRun(lab, word)
  const { name, counts } = await lab['runs.get']({ run: id })
  if (yes !== true) {
    const answer = await context.confirm(
      `Delete run ${id} (${name}) with its ${countedText(counts.done, 'generation')}?`,
    )
    if (answer === null) throw new UsageError('Nobody can be asked here.', 'Say --yes to delete without a question.')
    if (!answer) throw new LabError('CANCELLED', 'Nothing was deleted.')
  }
  await lab['runs.delete']({ run: id })
  await context.terminal.print(context.json ? jsonText({ run: id, deleted: true }, 2) : `Run ${id} is deleted.`)
}
