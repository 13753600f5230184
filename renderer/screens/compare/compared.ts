import type { Comparison, VariantComparison } from '#shared/domain/comparison.ts'
import type { RunVariant } from '#shared/domain/run.ts'
import type { TagChoice } from './compare-query.ts'

/** A variant's figures, on the whole run or on the prompts with one value of a tag. */
export type Compared = VariantComparison & { readonly runVariant: RunVariant }

/** The figures on the prompts that the tag chooses; null where the run has no such tag. */
export function comparedOn(comparison: Comparison, tag: TagChoice | null): readonly Compared[] | null {
  if (tag === null) return comparison.variants
  const group = comparison.byTag.find((each) => each.tag === tag.name && each.value === tag.value)
  if (group === undefined) return null
  return group.variants.flatMap((figures) => {
    const whole = comparison.variants.find(({ index }) => index === figures.index)
    return whole === undefined ? [] : [{ ...figures, runVariant: whole.runVariant }]
  })
}

/** The variant to look at first: one with a verdict of fail, and of those the one with the most flips. */
export function chooseVariant(variants: readonly Compared[], reference: number, asked: number | null): number | null {
  const candidates = variants.filter(({ index }) => index !== reference)
  const wanted = candidates.find(({ index }) => index === asked)
  const failed = ({ verdict }: Compared) => (verdict === 'fail' ? 1 : 0)
  const [first] = candidates.toSorted((a, b) => failed(b) - failed(a) || flips(b) - flips(a))
  return (wanted ?? first)?.index ?? null
}

const flips = ({ quadrants }: Compared): number => (quadrants === null ? -1 : quadrants.lost + quadrants.gained)

/** Tags with their values, in the comparison's order. */
export function tagsOf(comparison: Comparison): ReadonlyMap<string, readonly string[]> {
  const tags = new Map<string, string[]>()
  for (const { tag, value } of comparison.byTag) tags.set(tag, [...(tags.get(tag) ?? []), value])
  return tags
}

/** The verdict that colours may show: an open one while more of its prompts are on their way. */
export const standingVerdict = ({ verdict, open }: Compared): Compared['verdict'] =>
  open > 0 && verdict !== null ? 'inconclusive' : verdict

/** What was left out of n, in words; null where nothing was. */
export function leftOut({ errors, ungradable }: Pick<VariantComparison, 'errors' | 'ungradable'>): string | null {
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'cell' : 'cells'} with errors`] : []),
    ...(ungradable > 0 ? [`${ungradable} ${ungradable === 1 ? 'answer' : 'answers'} that could not be graded`] : []),
  ]
  return parts.length === 0 ? null : `Left out, not counted as wrong: ${parts.join(', ')}.`
}

/** `90 %`: the interval that a verdict is read from. */
export const verdictConfidenceText = (alpha: number): string => `${Number((100 - 200 * alpha).toPrecision(6))} %`
