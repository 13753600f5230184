import { isDeepStrictEqual } from 'node:util'
import type { LabClient } from '#shared/contract/contract.ts'
import type { Run, RunSpecInput } from '#shared/domain/run.ts'
import type { Context } from './context.ts'
import { followRun } from './follow-run.ts'
import { countedText } from '#shared/domain/figures.ts'
import { moment } from './render/moment.ts'

/**
 * Answers a spec with as little generation as possible: a finished run of the same prompts through the same files with
 * the same settings is taken as it is, one that was cut short goes on, and only else a new one is made.
 */
export async function runOnce(
  context: Context,
  lab: LabClient,
  spec: RunSpecInput,
  { fresh }: { readonly fresh: boolean },
): Promise<Run> {
  const earlier = fresh ? null : await findEarlier(lab, spec)
  return earlier === null ? begin(context, lab, spec) : goOn(context, lab, earlier)
}

/** The newest that is complete, else the newest. */
async function findEarlier(lab: LabClient, spec: RunSpecInput): Promise<Run | null> {
  const { runSpecSchema } = await import('#shared/domain/run.ts')
  const wanted = settings(runSpecSchema.parse(spec))
  const plan = await lab['runs.plan'](spec)
  const digests = (run: Pick<Run, 'variants'>) => run.variants.map(({ variant }) => variant.digest)
  const alike = (await lab['runs.list']({}))
    .filter((run) => isDeepStrictEqual(run.suites, plan.suites) && isDeepStrictEqual(digests(run), digests(plan)))
    .toSorted((a, b) => b.id - a.id)
  let unfinished: Run | null = null
  for (const { id } of alike) {
    const run = await lab['runs.get']({ run: id })
    if (!isDeepStrictEqual(settings(run.spec), wanted)) continue
    if (isComplete(run)) return run
    unfinished ??= run
  }
  return unfinished
}

const isComplete = ({ state, counts }: Run): boolean => state === 'done' && counts.error === 0

/** What decides over texts and verdicts besides prompts and files, which are compared by hash and digest. */
function settings({ name: _name, suites: _suites, variants: _variants, reference: _reference, ...rest }: Run['spec']) {
  return rest
}

async function begin(context: Context, lab: LabClient, spec: RunSpecInput): Promise<Run> {
  const { run } = await lab['runs.start'](spec, { signal: context.interrupts.signal })
  const { counts, variants } = await lab['runs.get']({ run })
  context.terminal.note(`Run ${run}: ${countedText(counts.total, 'cell')}, ${countedText(variants.length, 'variant')}`)
  return followRun(context, lab, run)
}

/** Runs what is missing, watches what runs elsewhere, and leaves alone what is complete. */
async function goOn(context: Context, lab: LabClient, run: Run): Promise<Run> {
  const { terminal } = context
  if (isComplete(run)) {
    const when = moment(run.finishedAtMs ?? run.createdAtMs)
    terminal.note(`Run ${run.id}, measured on ${when}: nothing is generated again (--fresh does).`)
    return run
  }
  if (run.state !== 'running') {
    const missing = run.counts.total - run.counts.done
    terminal.note(`Run ${run.id} goes on: ${countedText(missing, 'cell is', 'cells are')} missing.`)
    await lab['runs.resume']({ run: run.id, errors: true })
  }
  return followRun(context, lab, run.id)
}
