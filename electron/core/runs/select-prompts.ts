import type { HashedPrompt, HashedSuite } from '#shared/domain/suite.ts'

/** A prompt of a run with the suite it comes from. */
export interface SelectedPrompt {
  readonly suite: HashedSuite
  readonly prompt: HashedPrompt
}

/** The prompts of some suites that a run asks, in suite order. */
export function selectPrompts(
  suites: readonly HashedSuite[],
  choice: { readonly where: Readonly<Record<string, string>>; readonly limit: number | null },
): readonly SelectedPrompt[] {
  const wanted = Object.entries(choice.where)
  return suites.flatMap((suite) => {
    const matching = suite.prompts.filter((prompt) =>
      wanted.every(([name, value]) => (name === 'lang' ? prompt.lang : prompt.tags[name]) === value),
    )
    return spread(matching, choice.limit).map((prompt) => ({ suite, prompt }))
  })
}

/**
 * The first `limit` prompts when families take turns, in the suite's own order: a short run still asks of every
 * family, and the first k prompts of a longer run are the same ones.
 */
function spread(prompts: readonly HashedPrompt[], limit: number | null): readonly HashedPrompt[] {
  if (limit === null || prompts.length <= limit) return prompts
  const families = Map.groupBy(prompts, (prompt) => prompt.tags['family'] ?? '')
  const chosen = new Set<HashedPrompt>()
  for (let round = 0; chosen.size < limit; round++) {
    for (const family of families.values()) {
      const prompt = family[round]
      if (prompt !== undefined && chosen.size < limit) chosen.add(prompt)
    }
  }
  return prompts.filter((prompt) => chosen.has(prompt))
}
