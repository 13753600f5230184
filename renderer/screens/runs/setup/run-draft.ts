import { arms, type Arm } from '#shared/domain/engine.ts'
import { rowsOf, variantsOf } from '#shared/domain/families.ts'
import type { RunSpecInput } from '#shared/domain/run.ts'
import type { RunDefaults } from '#shared/domain/run-defaults.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import { noRunDefaults, samplingPresets } from '#shared/domain/words.ts'
import { specimenPrecisions, specimenSuite } from '../../bench/specimen-spec.ts'
import { fieldNames, labelOf, readField, type FieldName, type ProblemName, type ReadField } from './draft-fields.ts'
import { readList, readTags } from './draft-lists.ts'

/** What a run shall do, as its address says it: nothing is kept anywhere else. */
export type DraftQuery = Readonly<Record<string, string>>

export interface Draft {
  readonly name: string
  /** Names or hashes, as chosen. */
  readonly suites: readonly string[]
  readonly variants: readonly Variant[]
  readonly reference: Variant | null
  readonly arms: readonly Arm[]
  readonly sampling: SamplingChoice
  readonly noiseFloor: boolean
  readonly judge: string | null
  /** What stands in the fields, chosen or by default. */
  readonly fields: Readonly<Record<FieldName, string>>
  /** Why a field will not do; a run cannot be planned before these are mended. */
  readonly problems: Readonly<Partial<Record<ProblemName, string>>>
  /** Null while there are problems. */
  readonly spec: RunSpecInput | null
}

export type SamplingChoice = keyof typeof samplingPresets | 'own'

/** Written for a choice that was emptied, since an absent one means the default. */
export const nothing = 'none'

const largestDefault = { contextTokens: 16_384, maxTokens: 8192 }

interface Known {
  /** What the settings say; default: nothing. */
  readonly defaults?: RunDefaults
  readonly suites: readonly SuiteSummary[]
  readonly families: readonly Family[]
}

/** Reads an address into a run, with defaults that fit the models chosen. */
export function readDraft(query: DraftQuery, known: Known): Draft {
  const suites = chooseSuites(query['suite'] ?? query['suites'], known.suites)
  const chosen = chooseVariants(query['variants'] ?? query['variant'], known.families)
  const { defaults = noRunDefaults } = known
  const fallback = {
    ...contextDefaults(chosen.found, defaults),
    ...(defaults.margin === null ? {} : { margin: inPoints(defaults.margin) }),
  }
  const sampling = samplingChoice(query['sampling'], defaults)
  const preset = samplingPresets[sampling === 'own' ? 'greedy' : sampling]
  const where = readTags(query['where'] ?? '')
  const fields = Object.fromEntries(
    fieldNames.map((name) => [name, readField(name, query[name], { ...fallback, ...preset })]),
  ) as Readonly<Record<FieldName, ReadField>>
  const problems = Object.fromEntries(
    [
      ...Object.entries(fields).map(([name, field]) => [name, field.problem] as const),
      ['suites', suites.length === 0 ? 'Choose at least one suite.' : null] as const,
      ['variants', variantsProblem(chosen)] as const,
      ['where', where.problem] as const,
    ].filter((entry): entry is [string, string] => entry[1] !== null),
  )
  const reference = chosen.found.find((variant) => names(variant, query['reference'])) ?? null
  const draft = {
    name: query['name'] ?? '',
    suites,
    variants: chosen.found,
    reference,
    arms: chooseArms(query['arms']),
    sampling,
    noiseFloor: query['noise'] === 'yes',
    judge: query['judge'] ?? null,
  }
  return {
    ...draft,
    fields: Object.fromEntries(fieldNames.map((name) => [name, fields[name].text])) as Draft['fields'],
    problems,
    spec: Object.keys(problems).length === 0 ? specOf(draft, (name) => fields[name].value, where.tags) : null,
  }
}

type Chosen = Pick<Draft, 'name' | 'suites' | 'variants' | 'reference' | 'arms' | 'sampling' | 'noiseFloor' | 'judge'>

function specOf(
  { name, suites, variants, reference, arms: asked, noiseFloor, judge }: Chosen,
  value: (name: FieldName) => number | null,
  where: Readonly<Record<string, string>>,
): RunSpecInput {
  const set = (field: FieldName) => value(field) ?? undefined
  return {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    suites: [...suites],
    variants: variants.map(({ id }) => id),
    ...(reference === null ? {} : { reference: reference.id }),
    arms: [...asked],
    samples: set('samples'),
    sampling: {
      temperature: set('temperature'),
      topP: set('topP'),
      topK: set('topK'),
      minP: set('minP'),
      repeatPenalty: set('repeatPenalty'),
      seed: set('seed'),
    },
    margin: Number(((value('margin') ?? 2) / 100).toPrecision(12)),
    alpha: set('alpha'),
    contextTokens: set('contextTokens'),
    maxTokens: set('maxTokens'),
    idleTimeoutMs: Math.round((value('idleSeconds') ?? 120) * 1000),
    retries: set('retries'),
    limit: value('limit'),
    alternatives: value('alternatives'),
    threads: value('threads'),
    concurrency: value('concurrency'),
    where: { ...where },
    judge,
    noiseFloor,
  }
}

const names = (variant: Variant, text: string | undefined): boolean =>
  text !== undefined && (variant.id === text || variant.name === text || variant.digest === text)

/** The specimen was trained for 512 tokens; half of a small context is left for the prompt. */
function contextDefaults(
  variants: readonly Variant[],
  defaults: RunDefaults,
): { contextTokens: number; maxTokens: number } {
  const trained = Math.min(...variants.map(({ contextTokens }) => contextTokens ?? Number.POSITIVE_INFINITY))
  const contextTokens = Math.min(defaults.contextTokens ?? largestDefault.contextTokens, trained)
  return {
    contextTokens,
    maxTokens: Math.min(defaults.maxTokens ?? largestDefault.maxTokens, Math.floor(contextTokens / 2)),
  }
}

function chooseSuites(text: string | undefined, known: readonly SuiteSummary[]): readonly string[] {
  if (text === nothing) return []
  if (text !== undefined) return readList(text)
  const first = known.find(({ name }) => name === specimenSuite) ?? known[0]
  return first === undefined ? [] : [first.name]
}

interface Found {
  readonly found: readonly Variant[]
  readonly unknown: readonly string[]
}

/** An id or a name means one place of a row; a family or a digest means the row, and so its first place. */
function chooseVariants(text: string | undefined, known: readonly Family[]): Found {
  if (text === nothing) return { found: [], unknown: [] }
  const all = variantsOf(known)
  if (text === undefined) return { found: defaultVariants(all), unknown: [] }
  const wanted = readList(text)
  const namesRow = ({ digest, weightsDigest, family }: Variant, one: string) =>
    [digest, weightsDigest, family].includes(one)
  return {
    found: rowsOf(known).flatMap(({ places }) => {
      const exact = places.filter((place) => wanted.some((one) => place.id === one || place.name === one))
      if (exact.length > 0) return exact
      return places.filter((place) => wanted.some((one) => namesRow(place, one))).slice(0, 1)
    }),
    unknown: wanted.filter((one) => !all.some((variant) => names(variant, one) || namesRow(variant, one))),
  }
}

function defaultVariants(known: readonly Variant[]): readonly Variant[] {
  const precisions: readonly string[] = specimenPrecisions
  return known.filter(
    ({ engine, family, precision }) =>
      engine === 'builtin' && family === 'specimen' && precisions.includes(precision.name),
  )
}

function variantsProblem({ found, unknown }: Found): string | null {
  if (unknown.length > 0) return `Not among the variants found: ${unknown.join(', ')}.`
  return found.length === 0 ? 'Choose at least one variant.' : null
}

function chooseArms(text: string | undefined): readonly Arm[] {
  const wanted = readList(text ?? '')
  const found = arms.filter((arm) => wanted.includes(arm))
  return found.length === 0 ? ['natural'] : found
}

const samplingChoice = (text: string | undefined, defaults: RunDefaults): SamplingChoice =>
  samplingChoices.find((choice) => choice === text) ?? defaults.sampling

const samplingChoices: readonly SamplingChoice[] = ['greedy', 'deepseek-r1', 'own']

const inPoints = (share: number): number => Number((100 * share).toPrecision(12))

/** What stands in the way of a plan, each under the name of its field. */
export const problemLines = ({
  problems,
}: Pick<Draft, 'problems'>): readonly (readonly [label: string, why: string])[] =>
  (Object.entries(problems) as readonly (readonly [ProblemName, string])[]).map(([name, why]) => [labelOf(name), why])
