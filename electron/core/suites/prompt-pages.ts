import type {
  SuiteDetails,
  SuitePromptPage,
  SuitePromptRow,
  SuitePromptView,
  ValueCounts,
} from '#shared/contract/suite-views.ts'
import { LabError } from '#shared/domain/error.ts'
import type { HashedPrompt, HashedSuite, Prompt } from '#shared/domain/suite.ts'
import { distances } from '#shared/domain/words.ts'
import { expectedText } from '#shared/grading/expected-text.ts'

/** All given have to fit; `none` is a grader or role that is not there. */
export interface PromptFilter {
  readonly query?: string | undefined
  readonly distance?: string | undefined
  readonly family?: string | undefined
  readonly grader?: string | undefined
  readonly lang?: string | undefined
  readonly role?: string | undefined
}

export type PromptSort = 'order' | 'id' | 'distance' | 'grader' | 'length'

export interface PromptPageQuery {
  readonly filter: PromptFilter
  readonly sort: PromptSort
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

/** A table shows the beginning; the whole text is one click away. */
const mostChars = 400
const mostWordings = 50
/** Values of one kind that are counted by name. */
const mostValues = 100

/** What a filter can ask of a prompt; undefined where the prompt has nothing of the kind. */
const facets = {
  distance: ({ tags }: Prompt) => tags['distance'],
  family: ({ tags }: Prompt) => tags['family'],
  grader: ({ grader }: Prompt) => grader?.kind ?? 'none',
  lang: ({ lang }: Prompt) => lang,
  role: ({ probe }: Prompt) => probe?.role ?? 'none',
} as const
type Facet = keyof typeof facets
const facetNames = Object.keys(facets) as readonly Facet[]

/** One page of the prompts that fit, in the order asked for; equal ones stay in the suite's order. */
export function promptPage({ prompts }: HashedSuite, query: PromptPageQuery): SuitePromptPage {
  const fits = promptTest(query.filter)
  const found: number[] = []
  for (const [index, prompt] of prompts.entries()) if (fits(prompt)) found.push(index)
  const sorted = sortPrompts(found, prompts, query)
  const rows = sorted.slice(query.offset, query.offset + query.limit).flatMap((index) => rowOf(prompts, index))
  return { total: found.length, rows }
}

/** One prompt whole. @throws LabError NOT_FOUND */
export function promptView({ name, prompts }: HashedSuite, index: number): SuitePromptView {
  const prompt = prompts[index]
  if (prompt === undefined) {
    throw new LabError('NOT_FOUND', `The suite ${name} has no prompt number ${index + 1}.`, {
      hint: `It has ${prompts.length} ${prompts.length === 1 ? 'prompt' : 'prompts'}.`,
    })
  }
  const { pair } = prompt
  const others: number[] = []
  if (pair !== undefined) {
    for (const [at, other] of prompts.entries())
      if (other.pair === pair && others.length < mostWordings) others.push(at)
  }
  return {
    index,
    prompt,
    expected: expectedText(prompt.grader),
    wordings: others.length < 2 ? [] : others.flatMap((at) => rowOf(prompts, at)),
  }
}

/** How many prompts have each value of what a filter can ask for. */
export function countValues(prompts: readonly Prompt[]): SuiteDetails['counts'] {
  return Object.fromEntries(
    facetNames.map((name) => [name, countsOf(prompts, name)]),
  ) as unknown as SuiteDetails['counts']
}

function countsOf(prompts: readonly Prompt[], name: Facet): ValueCounts {
  const counts = new Map<string, number>()
  for (const prompt of prompts) {
    const value = facets[name](prompt)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const all = [...counts].map(([value, n]) => ({ value, n }))
  const sorted =
    name === 'distance'
      ? all.toSorted((a, b) => distanceRank(a.value) - distanceRank(b.value))
      : all.toSorted((a, b) => b.n - a.n)
  return sorted.slice(0, mostValues)
}

/** Benchmark, near, far; what else somebody wrote comes after. */
function distanceRank(value: string | undefined): number {
  const rank = (distances as readonly (string | undefined)[]).indexOf(value)
  return rank < 0 ? distances.length : rank
}

function promptTest({ query, ...values }: PromptFilter): (prompt: Prompt) => boolean {
  const wanted = facetNames.filter((name) => values[name] !== undefined)
  const text = query?.trim().toLowerCase() ?? ''
  return (prompt) =>
    wanted.every((name) => facets[name](prompt) === values[name]) && (text === '' || contains(prompt, text))
}

function contains({ id, text, grader, probe }: Prompt, wanted: string): boolean {
  return [id, text, expectedText(grader), probe?.topic].some((part) => part?.toLowerCase().includes(wanted) === true)
}

const collator = new Intl.Collator('en', { numeric: true })

function sortPrompts(
  found: readonly number[],
  prompts: readonly HashedPrompt[],
  { sort, descending }: Pick<PromptPageQuery, 'sort' | 'descending'>,
): readonly number[] {
  const sign = descending ? -1 : 1
  const at = (index: number): Prompt | undefined => prompts[index]
  switch (sort) {
    case 'order':
      return descending ? found.toReversed() : found
    case 'id':
      return found.toSorted((a, b) => sign * collator.compare(at(a)?.id ?? '', at(b)?.id ?? ''))
    case 'distance':
      return found.toSorted(
        (a, b) => sign * (distanceRank(at(a)?.tags['distance']) - distanceRank(at(b)?.tags['distance'])),
      )
    case 'grader':
      return found.toSorted((a, b) => sign * (at(a)?.grader?.kind ?? '').localeCompare(at(b)?.grader?.kind ?? ''))
    case 'length':
      return found.toSorted((a, b) => sign * ((at(a)?.text.length ?? 0) - (at(b)?.text.length ?? 0)))
  }
}

function rowOf(prompts: readonly HashedPrompt[], index: number): readonly SuitePromptRow[] {
  const prompt = prompts[index]
  if (prompt === undefined) return []
  const { id, text, grader, lang, tags, pair, probe } = prompt
  return [
    {
      index,
      id,
      text: cut(text),
      expected: cut(expectedText(grader)),
      grader: grader?.kind ?? null,
      lang,
      tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, cut(value)])),
      pair: cut(pair ?? null),
      role: probe?.role ?? null,
    },
  ]
}

function cut<Text extends string | null>(text: Text): Text {
  return text !== null && text.length > mostChars ? (`${text.slice(0, mostChars)}…` as Text) : text
}
