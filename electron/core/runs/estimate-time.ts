import type { VariantProgress } from '#shared/domain/run.ts'
import type { VariantTally } from '../store/store.ts'

// The one place where a time is guessed: before a run (its plan), while it goes on (progress, the watchers' time left) and for
// one that rests.

/** Cells that must have run before their pace is believed. */
const minimumSeen = 3

/** What a cell of a variant took in earlier runs, seconds from request to end; null where nothing is known. */
export type EarlierSeconds = ReadonlyMap<number, number | null>

interface Timed extends VariantTally {
  readonly ran: number
  readonly seconds: number
  readonly earlier: number | null
}

/**
 * How far each variant has come and what its missing cells will take: at its own pace in this run; before that at its pace in
 * earlier runs, as far as those foretold the variants that ran; where it never ran, at the pace of this run's others.
 * `lanes`: cells that run at the same time.
 */
export function estimateTime(
  tallies: readonly VariantTally[],
  earlier: EarlierSeconds,
  lanes: number,
): readonly VariantProgress[] {
  const timed = tallies.map((tally): Timed => {
    const before = earlier.get(tally.variantIndex) ?? null
    const ran = tally.done + tally.error
    return { ...tally, ran, seconds: tally.totalMs / 1000 / lanes, earlier: before === null ? null : before / lanes }
  })
  const typical = paceOf(timed) ?? meanOf(timed.flatMap((variant) => variant.earlier ?? []))
  const drift = driftOf(timed)
  return timed.map((variant) => {
    const { variantIndex, total, done, error, ran, seconds } = variant
    const each = ownPace(variant, drift) ?? typical
    const secondsLeft = total === ran ? 0 : each === null ? null : each * (total - ran)
    return { variantIndex, total, done, error, seconds, secondsLeft }
  })
}

/** Of all variants; null as soon as one is not known. */
export const secondsLeft = (progress: readonly VariantProgress[]): number | null =>
  progress.reduce<number | null>((sum, { secondsLeft: left }) => (sum === null || left === null ? null : sum + left), 0)

function ownPace({ ran, seconds, earlier }: Timed, drift: number): number | null {
  if (ran >= minimumSeen) return seconds / ran
  return earlier === null ? null : earlier * drift
}

/** Mean of all cells that ran. */
function paceOf(timed: readonly Timed[]): number | null {
  const ran = timed.reduce((sum, variant) => sum + variant.ran, 0)
  return ran < minimumSeen ? null : timed.reduce((sum, { seconds }) => sum + seconds, 0) / ran
}

/** How much longer this run's cells take than earlier ones of the same variants: other prompts, a busier machine. */
function driftOf(timed: readonly Timed[]): number {
  const known = timed.filter(({ ran, earlier }) => ran >= minimumSeen && earlier !== null && earlier > 0)
  const foretold = known.reduce((sum, { ran, earlier }) => sum + ran * (earlier ?? 0), 0)
  return foretold === 0 ? 1 : known.reduce((sum, { seconds }) => sum + seconds, 0) / foretold
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
