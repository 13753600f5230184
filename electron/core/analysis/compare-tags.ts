import type { Prompt } from '#shared/domain/suite.ts'
import { distances } from '#shared/domain/words.ts'

/** Tags of a prompt by name. */
export type TagsOf = (promptIndex: number) => Readonly<Record<string, string>>

/** Prompts that share one value of a tag. */
export interface TagGroup {
  readonly tag: string
  readonly value: string
  readonly prompts: readonly number[]
}

/** A tag with more values than this names prompts rather than kinds of prompts. */
const mostTagValues = 40

/** A prompt's tags as the comparison reads them: its own, and its language. */
export const comparisonTags = ({ tags, lang }: Pick<Prompt, 'tags' | 'lang'>): Readonly<Record<string, string>> => ({
  lang,
  ...tags,
})

/**
 * Prompts by tag and value, tags by name, `distance` first. Left out: tags with more than 40 values, and tags that have the
 * same value on every prompt, which would repeat the whole. `only` names the one tag that is wanted.
 */
export function groupByTag(prompts: readonly number[], tagsOf: TagsOf, only?: string): readonly TagGroup[] {
  const byTag = new Map<string, Map<string, number[]>>()
  for (const prompt of prompts) {
    for (const [tag, value] of Object.entries(tagsOf(prompt))) {
      if (only !== undefined && tag !== only) continue
      const values = mapEntry(byTag, tag, () => new Map<string, number[]>())
      mapEntry(values, value, (): number[] => []).push(prompt)
    }
  }
  const telling = [...byTag].filter(([, values]) => values.size <= mostTagValues && !coversAll(values, prompts))
  return telling
    .toSorted(([a], [b]) => Number(b === 'distance') - Number(a === 'distance') || compareText(a, b))
    .flatMap(([tag, values]) =>
      [...values]
        .toSorted(([a], [b]) => placeOf(a) - placeOf(b) || compareText(a, b))
        .map(([value, members]) => ({ tag, value, prompts: members })),
    )
}

function mapEntry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

function coversAll(values: ReadonlyMap<string, readonly number[]>, prompts: readonly number[]): boolean {
  const [first, ...others] = values.values()
  return others.length === 0 && first?.length === prompts.length
}

// benchmark, near, far is an order of its own; anything else sorts as text with numbers by size.
function placeOf(value: string): number {
  const place = (distances as readonly string[]).indexOf(value)
  return place === -1 ? distances.length : place
}

const collator = new Intl.Collator('en', { numeric: true })
const compareText = (a: string, b: string): number => collator.compare(a, b)
