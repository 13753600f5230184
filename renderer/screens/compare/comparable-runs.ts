import type { RunSummary } from '#shared/domain/run.ts'

/**
 * Runs with something to compare, newest first. A run of one variant, or one in which no cell has run, has nothing; probes have
 * labels and no grades, and are told in Refusals.
 */
export const comparableRuns = (runs: readonly RunSummary[]): readonly RunSummary[] =>
  runs
    .filter(
      ({ variants, counts, isProbeRun }) =>
        !isProbeRun && variants.filter(({ role }) => role !== 'repeat').length > 1 && counts.done > 0,
    )
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id)
