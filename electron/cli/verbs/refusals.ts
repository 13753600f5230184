import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import type { LabelledAnswer } from '#shared/contract/views.ts'
import { LabError } from '#shared/domain/error.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import type { Context } from '../context.ts'
import { runOnce } from '../earlier-run.ts'
import { readTextFile } from '../read-text-file.ts'
import { jsonText } from '../render/plain-text.ts'
import { resolveRun } from '../resolve-run.ts'
import { addSpecOptions, fitContext, makeSpec, type SpecOptions } from '../run-spec.ts'
import { prepareSpecimen, specimenLimits } from '../specimen.ts'
import { suiteNames } from '../suite-files.ts'
import { variantWords } from '../variant-words.ts'

interface ShowOptions {
  readonly topics?: boolean
}

interface RefusalsOptions extends SpecOptions, ShowOptions {
  readonly suite?: string[]
  readonly fresh?: boolean
}

export function addRefusals(program: Command, { act, program: prefix }: VerbHost): void {
  const refusals = program
    .command('refusals')
    .description('what a model will not say: sensitive questions against matched controls')
  addSpecOptions(refusals)
    .option('--suite <names...>', 'probe packs (default: the bundled one that fits)')
    .option('--topics', 'also every topic, and who the model says it is')
    .option('--fresh', 'generate everything again')
    .addHelpText('after', () =>
      examples(prefix, [
        ['refusals', "the specimen's designed refusals"],
        ['refusals --variants deepseek-r1:1.5b --topics', 'a model of your own'],
        ['refusals label answers.jsonl --json', 'label answers made elsewhere'],
      ]),
    )
    .action(act(probe))
  refusals
    .command('show')
    .description('the same tables of a run that was made')
    .argument('<run>', 'its number, or last')
    .addHelpText('after', () => examples(prefix, [['refusals show last --topics', 'every topic, nothing generated']]))
    .action(act(show))
  refusals
    .command('label')
    .description('label answers made elsewhere; nothing is generated or stored')
    .argument('<file>', 'JSON lines: id, lang, question, answer, and where known thinking and facts')
    .addHelpText('after', () =>
      examples(prefix, [
        ['refusals label answers.jsonl', 'a table of labels with the evidence for each'],
        ['refusals label answers.jsonl --json > labels.jsonl', 'one document a line'],
      ]),
    )
    .action(act(label))
}

const probe: Verb<RefusalsOptions, readonly []> = async (context, typed) => {
  const lab = await context.lab()
  const options = await variantWords(context.cwd, typed)
  const specimen = (options.variants ?? []).length === 0
  const variants = specimen
    ? (await prepareSpecimen(context, lab, ['F16'])).map(({ id }) => id)
    : (options.variants ?? [])
  const suites = await suiteNames(lab, context.cwd, options.suite ?? (await bundledPacks(lab, specimen)))
  const asked = { ...(specimen ? specimenLimits : {}), ...(await makeSpec(suites, options)), variants: [...variants] }
  const { runSpecSchema } = await import('#shared/domain/run.ts')
  const plan = await lab['runs.plan'](asked)
  const spec = fitContext(asked, plan, runSpecSchema.parse(asked))
  const run = await runOnce(context, lab, spec, { fresh: options.fresh ?? false })
  await printSummary(context, lab, run.id, options)
}

const show: Verb<ShowOptions, readonly [string]> = async (context, options, word) => {
  const lab = await context.lab()
  await printSummary(context, lab, await resolveRun(lab, word), options)
}

async function printSummary(context: Context, lab: LabClient, run: number, { topics }: ShowOptions): Promise<void> {
  const { terminal } = context
  const summary = await lab['refusals.summary']({ run })
  if (context.json) return terminal.print(jsonText(summary, 2))
  const { renderRefusals, renderTopics } = await import('../render/refusals.ts')
  await terminal.print(`\n${renderRefusals(summary, terminal)}`)
  if (topics === true) await terminal.print(`\n${renderTopics(summary, terminal)}`)
}

/** The specimen knows nothing but its own topics: it has a pack of its own, and real models have the others. */
async function bundledPacks(lab: LabClient, specimen: boolean): Promise<readonly string[]> {
  const packs = (await lab['suites.list']({})).filter(({ isProbePack, source }) => isProbePack && source === 'bundled')
  const fitting = packs.filter(({ name }) => name.startsWith('specimen') === specimen).map(({ name }) => name)
  // A pack that was run in an earlier version is listed beside today's; a name means the newest.
  if (fitting.length > 0) return [...new Set(fitting)]
  throw new LabError('NOT_FOUND', 'There is no bundled probe pack for these variants.', {
    hint: 'Name one after --suite.',
  })
}

const label: Verb<object, readonly [string]> = async ({ terminal, json, cwd, lab, interrupts }, _options, file) => {
  const text = await readTextFile(resolve(cwd, file))
  const items = (await lab())['refusals.labelFile']({ text, file }, { signal: interrupts.signal })
  const labelled: LabelledAnswer[] = []
  for await (const item of items) {
    if (json) await terminal.print(jsonText(item))
    else labelled.push(item)
  }
  if (json) return
  const { renderLabelled } = await import('../render/labelled.ts')
  await terminal.print(renderLabelled(labelled, terminal))
}
