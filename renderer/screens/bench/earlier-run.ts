import type { Run, RunPlan, RunSpec, RunSummary } from '#shared/domain/run.ts'
import { samplingPresets } from '#shared/domain/words.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { specimenLimits } from './specimen-spec.ts'

/** The run that has compared the specimen's precisions already: the newest that is complete, else the newest. Null where none has. */
export function useEarlierRun(runs: readonly RunSummary[], plan: RunPlan | null): Run | null {
  const candidate = plan === null ? null : newestAlike(runs, plan)
  const run = dataOf(useLab('runs.get', candidate === null ? null : { run: candidate.id }))
  return run !== null && isUsual(run.spec) ? run : null
}

/** The same prompts, by hash, through the same files, by digest, once each. */
export function newestAlike(
  runs: readonly RunSummary[],
  plan: Pick<RunPlan, 'suites' | 'variants' | 'cells'>,
): RunSummary | null {
  const measured = ({ suites, variants }: Pick<RunPlan, 'suites' | 'variants'>) =>
    JSON.stringify([suites.map(({ hash }) => hash), variants.map(({ variant, role }) => [variant.digest, role])])
  const alike = runs
    .filter((run) => run.counts.total === plan.cells && measured(run) === measured(plan))
    .toSorted((a, b) => b.id - a.id)
  return alike.find(isComplete) ?? alike[0] ?? null
}

export const isComplete = ({ state, counts }: RunSummary): boolean => state === 'done' && counts.error === 0

/** What else decides over texts and verdicts is as the first run has it. */
export function isUsual({ arms, sampling, margin, alpha, contextTokens, maxTokens, judge }: RunSpec): boolean {
  return (
    arms.join() === 'natural' &&
    Object.entries(samplingPresets.greedy).every(
      ([name, value]) => sampling[name as keyof typeof sampling] === value,
    ) &&
    margin === 0.02 &&
    alpha === 0.05 &&
    contextTokens === specimenLimits.contextTokens &&
    maxTokens === specimenLimits.maxTokens &&
    judge === null
  )
}
