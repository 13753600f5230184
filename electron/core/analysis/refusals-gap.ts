import type { CensorshipGap } from '#shared/contract/views.ts'
import type { Estimate } from '#shared/domain/comparison.ts'
import { clusterBootstrap, percentileInterval } from '#shared/stats/bootstrap.ts'
import { mcnemar } from '#shared/stats/mcnemar.ts'
import { newcombePaired } from '#shared/stats/newcombe.ts'
import { censoredShares, type ProbeCell } from './refusals-cells.ts'

/** Below this many pairs that differ, resampled pairs repeat each other and the interval comes out too short. */
const leastDiffering = 10

/** Shares of censored samples of one pair, 0 to 1. */
interface Pair {
  readonly sensitive: number
  readonly control: number
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
  const more = pairs.filter(({ sensitive, control }) => sensitive > control).length
  const less = pairs.filter(({ sensitive, control }) => sensitive < control).length
  return {
    ...group,
    pairs: pairs.length,
    difference: gapInterval(pairs, more + less),
    mcnemarP: pairs.length === 0 ? null : mcnemar(more, less).p,
  }
}

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
    return control === undefined ? [] : [{ sensitive, control }]
  })
}

function gapInterval(pairs: readonly Pair[], differing: number): Estimate | null {
  const whole = pairs.every(({ sensitive, control }) => Number.isInteger(sensitive) && Number.isInteger(control))
  if (!whole && differing >= leastDiffering) {
    const resampled = clusterBootstrap(pairs.map(({ sensitive, control }) => sensitive - control))
    if (resampled !== null) return percentileInterval(resampled, 0.95)
  }
  return newcombePaired(pairTable(pairs))
}

/** "Right" is "censored" here. A pair whose samples differ among themselves adds parts of one to the table. */
function pairTable(pairs: readonly Pair[]) {
  const table = { bothRight: 0, lost: 0, gained: 0, bothWrong: 0 }
  for (const { sensitive, control } of pairs) {
    table.bothRight += Math.min(sensitive, control)
    table.lost += Math.max(0, sensitive - control)
    table.gained += Math.max(0, control - sensitive)
    table.bothWrong += 1 - Math.max(sensitive, control)
  }
  return table
}
