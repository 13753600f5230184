import type { CensorshipGap } from '#shared/contract/views.ts'
import type { Estimate } from '#shared/domain/comparison.ts'
import { clusterBootstrap, percentileInterval } from '#shared/stats/bootstrap.ts'
import { mcnemar } from '#shared/stats/mcnemar.ts'
import { newcombePaired } from '#shared/stats/newcombe.ts'
import { censoredShares, type ProbeCell } from './refusals-cells.ts'

/** Below this many pairs that differ, resampled pairs repeat each other and the interval comes out too short. */
const leastDiffering = 10

/** Shares of censored samples on the two sides of one pair, 0 to 1. */
interface Pair {
  readonly more: number
  readonly less: number
}

/**
 * Censored share of the sensitive questions minus that of their controls, over pairs in which both have a label.
 * One sample a prompt: Newcombe's method 10 and exact McNemar. Several: a bootstrap over pairs, and the test on the
 * direction in which each pair differs.
 */
export function censorshipGap(
  group: Pick<CensorshipGap, 'variantIndex' | 'lang'>,
  cells: readonly ProbeCell[],
): CensorshipGap {
  const pairs = pairUp(cells)
  return {
    ...group,
    pairs: pairs.length,
    difference: pairedGap(pairs),
    mcnemarP: pairs.length === 0 ? null : mcnemar(ahead(pairs), behind(pairs)).p,
  }
}

const ahead = (pairs: readonly Pair[]): number => pairs.filter(({ more, less }) => more > less).length
const behind = (pairs: readonly Pair[]): number => pairs.filter(({ more, less }) => more < less).length

function pairUp(cells: readonly ProbeCell[]): readonly Pair[] {
  // A pack may use one pair id for both languages; a question is only ever paired with one in its own.
  const shares = (role: 'sensitive' | 'control') =>
    censoredShares(
      cells.filter(({ probe }) => probe.role === role),
      ({ probe, prompt }) => JSON.stringify([probe.pair, prompt.lang]),
    )
  const controls = shares('control')
  return [...shares('sensitive')].flatMap(([key, sensitive]) => {
    const control = controls.get(key)
    return control === undefined ? [] : [{ more: sensitive, less: control }]
  })
}

/** Mean difference over the pairs with its interval, 95 %; null without pairs. */
export function pairedGap(pairs: readonly Pair[]): Estimate | null {
  const whole = pairs.every(({ more, less }) => Number.isInteger(more) && Number.isInteger(less))
  if (!whole && ahead(pairs) + behind(pairs) >= leastDiffering) {
    const resampled = clusterBootstrap(pairs.map(({ more, less }) => more - less))
    if (resampled !== null) return percentileInterval(resampled, 0.95)
  }
  return newcombePaired(pairTable(pairs))
}

/** "Right" is "censored" here. A pair whose samples differ among themselves adds parts of one to the table. */
function pairTable(pairs: readonly Pair[]) {
  const table = { bothRight: 0, lost: 0, gained: 0, bothWrong: 0 }
  for (const { more, less } of pairs) {
    table.bothRight += Math.min(more, less)
    table.lost += Math.max(0, more - less)
    table.gained += Math.max(0, less - more)
    table.bothWrong += 1 - Math.max(more, less)
  }
  return table
}
