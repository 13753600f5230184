import type { Comparison } from '#shared/domain/comparison.ts'
import { countedText, countText, intervalText } from '#shared/domain/figures.ts'
import { verdictRemark } from '#shared/domain/verdict-words.ts'
import { VerdictMark } from '../../ui/badge.tsx'
import { leftOut, type Compared } from './compared.ts'

/** A verdict with what would settle it, or why there is none. */
export function VerdictCell({ variant, margin }: { readonly variant: Compared; readonly margin: number }) {
  if (variant.verdict === null) return <span className="hint">- no prompt was graded under both</span>
  const remark = variant.open > 0 ? `n = ${countedText(variant.prompts, 'prompt')}` : verdictRemark(variant)
  return (
    <>
      <VerdictMark verdict={variant.verdict} margin={margin} open={variant.open} />
      {remark !== null && (
        <span className="hint clip" title={remark}>
          {remark}
        </span>
      )}
    </>
  )
}

/** Where a variant could not be graded on every prompt. */
export function GradedNote({ variant }: { readonly variant: Compared }) {
  const why = leftOut(variant)
  if (why === null) return null
  return (
    <span className="hint" title={why}>
      n = {countText(variant.n)}
    </span>
  )
}

/** The noise floor in whole sentences. */
export function floorText({ noiseFloor }: Comparison): string {
  if (noiseFloor === null) return 'The reference was not run twice: how far it differs from itself is not known.'
  const { flips, pairs, identicalTexts, flipRate } = noiseFloor
  return `Two passes of the reference flipped ${countText(flips)} of ${countText(pairs)} answers (${intervalText(flipRate)} %); ${countText(identicalTexts)} texts were identical.`
}
