import type { LanguageGap } from '#shared/contract/views.ts'
import { censoredShares, type ProbeCell } from './refusals-cells.ts'
import { pairedGap } from './refusals-gap.ts'

/**
 * Withheld share of the sensitive questions in one language minus that in the first one, over the topics asked about in both.
 * The topic is the unit: questions about one topic in two languages are matched by nothing else.
 */
export function languageGaps(
  variantIndex: number,
  cells: readonly ProbeCell[],
  languages: readonly string[],
): readonly LanguageGap[] {
  const [against, ...others] = languages
  if (against === undefined) return []
  const sensitive = cells.filter(({ probe }) => probe.role === 'sensitive')
  const shares = (lang: string) =>
    censoredShares(
      sensitive.filter(({ prompt }) => prompt.lang === lang),
      ({ probe }) => probe.topic,
    )
  const before = shares(against)
  return others.map((lang) => {
    const topics = [...shares(lang)].flatMap(([topic, here]) => {
      const there = before.get(topic)
      return there === undefined ? [] : [{ topic, more: here, less: there }]
    })
    return {
      variantIndex,
      lang,
      against,
      topics: topics.length,
      difference: pairedGap(topics),
      differing: topics.filter(({ more, less }) => more !== less).map(({ topic }) => topic),
    }
  })
}
