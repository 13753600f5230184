import type { SuiteTemplate } from '#shared/contract/suite-views.ts'
import { LabError } from '#shared/domain/error.ts'
import { didYouMean } from '#shared/domain/near-words.ts'
import { suiteSchema, type HashedSuite, type Prompt } from '#shared/domain/suite.ts'
import { distances } from '#shared/domain/words.ts'
import { seededRandom, type RandomBelow } from '#shared/stats/random.ts'
import { hashSuite } from '../hash-suite.ts'
import { arithmetic } from './arithmetic.ts'
import { dates } from './dates.ts'
import type { GeneratedItem, ItemTemplate } from './item-template.ts'
import { letters } from './letters.ts'
import { logic } from './logic.ts'
import { units } from './units.ts'

const templates: readonly ItemTemplate[] = [arithmetic, letters, dates, logic, units]

/** What can be asked for. `mixed` takes its items from all the others in turn. */
export const suiteTemplates: readonly SuiteTemplate[] = [
  ...templates.map(({ id, title, description }) => ({ id, title, description })),
  { id: 'mixed', title: 'Mixed', description: 'Items of every other template in turn.' },
]

export interface GenerateOptions {
  readonly template: string
  /** Number of prompts. Three in a row are one problem in its benchmark, near and far wording; the last may lack some. */
  readonly n: number
  /** The same seed gives the same suite, and a larger n begins with the prompts of a smaller one. */
  readonly seed: number
  readonly name?: string
}

/** The generators' version: other texts under the same seed need another. */
const generatorVersion = '1'

/** Draws in vain before a template counts as used up. */
const maxRepeats = 1000

/**
 * Makes a suite of n checkable prompts with computed answers, none asked twice.
 * @throws LabError NOT_FOUND for an unknown template, BAD_REQUEST where it has fewer problems than asked for
 */
export function generateSuite({ template, n, seed, name }: GenerateOptions): HashedSuite {
  const offered = suiteTemplates.find(({ id }) => id === template)
  if (offered === undefined) {
    const ids = suiteTemplates.map(({ id }) => id)
    const hint = [didYouMean(template, ids), `There are ${ids.join(', ')}.`].filter((part) => part !== null).join(' ')
    throw new LabError('NOT_FOUND', `There is no suite template ${template}.`, { hint })
  }
  const sources = template === 'mixed' ? templates : templates.filter(({ id }) => id === template)
  const prompts = promptsOf(sources, n, seededRandom(seed))
  const suite = suiteSchema.safeParse({
    schema: 'assay-suite/1',
    name: name ?? `${template}-${n}-${seed}`,
    version: generatorVersion,
    title: `${offered.title}, ${n} ${n === 1 ? 'prompt' : 'prompts'}, seed ${seed}`,
    description: `${offered.description} Generated from template ${template} with seed ${seed}; every problem in a benchmark, a near and a far wording.`,
    license: 'CC0-1.0',
    prompts,
  })
  if (suite.success) return hashSuite(suite.data)
  throw new LabError(
    'BAD_REQUEST',
    `A suite cannot be generated so: ${suite.error.issues[0]?.message ?? 'bad options'}.`,
    {
      hint: 'Choose another name or number of prompts.',
    },
  )
}

function promptsOf(sources: readonly ItemTemplate[], n: number, random: RandomBelow): readonly Prompt[] {
  const prompts: Prompt[] = []
  const seen = new Set<string>()
  for (let item = 0; prompts.length < n; item++) {
    const source = sources[item % sources.length]
    if (source === undefined) throw new RangeError('no template to draw from')
    const made = fresh(source, random, seen)
    prompts.push(...wordingsOf(made, source.id, item + 1).slice(0, n - prompts.length))
  }
  return prompts
}

function fresh(source: ItemTemplate, random: RandomBelow, seen: Set<string>): GeneratedItem {
  for (let attempt = 0; attempt < maxRepeats; attempt++) {
    const item = source.make(random)
    const key = `${source.id}/${item.key}`
    if (seen.has(key)) continue
    seen.add(key)
    return item
  }
  throw new LabError('BAD_REQUEST', `The template ${source.id} has no more problems after ${seen.size}.`, {
    hint: 'Ask for fewer prompts.',
  })
}

function wordingsOf({ grader, wordings }: GeneratedItem, family: string, number: number): readonly Prompt[] {
  const pair = `${family}/${number}`
  return distances.map((distance) => ({
    id: `${pair}/${distance}`,
    text: wordings[distance],
    grader,
    lang: 'en',
    tags: { family, distance },
    pair,
  }))
}
