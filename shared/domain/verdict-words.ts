import type { Estimate, Quadrants, VariantComparison } from './comparison.ts'
import { countText, marginText, pointsText } from './figures.ts'

/** What the words of a verdict are made from. */
export type Judged = Pick<VariantComparison, 'verdict' | 'promptsNeeded' | 'prompts' | 'open' | 'quadrants'>

/** `within 2 points`, `worse than 2 points so far`, `cannot tell yet`; null where nothing could be compared. */
export function verdictWords({ verdict, open }: Pick<Judged, 'verdict' | 'open'>, margin: number): string | null {
  if (verdict === null) return null
  if (verdict === 'inconclusive') return 'cannot tell yet'
  const words = `${verdict === 'pass' ? 'within' : 'worse than'} ${marginText(margin)}`
  return open === 0 ? words : `${words} so far`
}

/**
 * `about 570 more prompts`, or what to know where no number of them would help; null beside a verdict that stands. One that only
 * stands because there was nothing to lose does not stand alone.
 */
export function verdictRemark({ verdict, promptsNeeded, prompts, open, quadrants }: Judged): string | null {
  if (open === 0 && hasNothingToLose(quadrants)) return 'the reference is right on none: nothing could be lost'
  // More prompts are on their way: how many it would take is asked once these are there.
  if (verdict !== 'inconclusive' || open > 0) return null
  if (promptsNeeded === null) return 'the loss seen is too close to the margin'
  const more = Math.max(1, promptsNeeded - prompts)
  const rounded = more < 100 ? more : Number(more.toPrecision(2))
  return `about ${countText(rounded)} more ${rounded === 1 ? 'prompt' : 'prompts'}`
}

/** The reference is right on none of the prompts. */
export const hasNothingToLose = (quadrants: Quadrants | null): boolean =>
  quadrants !== null && quadrants.bothRight + quadrants.lost === 0

/** `noise floor ±0.6 points`: the share of answers that the reference flipped against itself. */
export const noiseFloorText = (flipRate: Estimate): string =>
  `noise floor ${flipRate.value === 0 ? '' : '±'}${pointsText(flipRate).value} points`

/** Both in one line: `cannot tell yet (about 570 more prompts)`. */
export function verdictLine(judged: Judged, margin: number): string | null {
  const words = verdictWords(judged, margin)
  const remark = verdictRemark(judged)
  return words === null || remark === null ? words : `${words} (${remark})`
}
