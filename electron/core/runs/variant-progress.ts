import type { Run, VariantProgress } from '#shared/domain/run.ts'
import type { Store } from '../store/store.ts'
import { foretellCell } from './earlier-cells.ts'
import { estimateTime, type EarlierSeconds } from './estimate-time.ts'

/** Cells of a run that are generated at the same time. */
export const lanesOf = ({ spec }: Pick<Run, 'spec'>): number => spec.concurrency ?? 1

/** What other runs say of a cell of each of its variants. Does not change while the run goes on. */
export function earlierSeconds(store: Store, run: Run): EarlierSeconds {
  const asked = { suites: run.suites, maxTokens: run.spec.maxTokens, besides: run.id }
  return new Map(
    run.variants.map(({ index, variant }) => [index, foretellCell(store, variant.digest, asked)?.seconds ?? null]),
  )
}

/** How far each variant of a run has come, read from the store. */
export const variantProgress = (store: Store, run: Run, earlier: EarlierSeconds): readonly VariantProgress[] =>
  estimateTime(store.cells.tallies(run.id), earlier, lanesOf(run))
