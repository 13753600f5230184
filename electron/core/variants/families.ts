import { shortDigest } from '#shared/domain/ids.ts'
import { comparePrecision } from '#shared/domain/precision.ts'
import type { Family, FamilyBasis, FamilyRow, Variant } from '#shared/domain/variant.ts'
import { withDistinctFiles } from './distinct-files.ts'
import { groupModels, sameName, type MadeLookup, type Model, type Weights } from './same-model.ts'

/** 7b before 14b. */
const byName = new Intl.Collator('en', { numeric: true }).compare

/**
 * Every variant in its family, one row a precision, finest first. Equal weights are one row with several places; what
 * makes a family, `groupModels` says. The variants come back with the family that was found, and why.
 */
export function groupFamilies(variants: readonly Variant[], made: MadeLookup): readonly Family[] {
  return groupModels(variants, made)
    .map((model) => ({ name: model.name, rows: rowsOf(model) }))
    .toSorted((a, b) => byName(a.name, b.name))
}

function rowsOf(model: Model): readonly FamilyRow[] {
  const rank = endpointRanks(model)
  const sources = new Set(model.weights.flatMap(({ made }) => (made === null ? [] : [made.from as string])))
  const rows = model.weights.flatMap((weights): readonly Row[] => {
    const [first, ...rest] = weights.variants
      .map((variant) => placed(variant, { weights, model, isSource: sources.has(weights.key) }))
      .toSorted((a, b) => (rank.get(b.endpoint) ?? 0) - (rank.get(a.endpoint) ?? 0) || comparePlaces(a, b))
    return first === undefined ? [] : [{ precision: first.precision, places: [first, ...rest] }]
  })
  return withDistinctions(withDistinctFiles(rows)).toSorted(
    (a, b) => comparePrecision(a.precision, b.precision) || a.places[0].name.localeCompare(b.places[0].name),
  )
}

/** A comparison within one engine has no difference between engines in it: where most rows are, comes first. */
function endpointRanks({ weights }: Model): ReadonlyMap<string, number> {
  const endpoints = weights.flatMap(({ variants }) => [...new Set(variants.map(({ endpoint }) => endpoint as string))])
  return new Map(
    [...Map.groupBy(endpoints, (endpoint) => endpoint)].map(([endpoint, { length }]) => [endpoint, length]),
  )
}

/** The built-in engine first, since it is always there; then a tag that says its precision before a short one. */
function comparePlaces(a: Variant, b: Variant): number {
  const saysIt = ({ ref, precision }: Variant) => ref.toLowerCase().includes(precision.name.toLowerCase())
  return (
    Number(b.engine === 'builtin') - Number(a.engine === 'builtin') ||
    a.endpoint.localeCompare(b.endpoint) ||
    Number(saysIt(b)) - Number(saysIt(a)) ||
    a.ref.localeCompare(b.ref)
  )
}

interface Found {
  readonly weights: Weights
  readonly model: Model
  readonly isSource: boolean
}

function placed(variant: Variant, { weights, model, isSource }: Found): Variant {
  const { name: family } = model
  const named = variant.engine === 'builtin' && variant.name.startsWith(`${variant.family} `)
  const name = named ? `${family}${variant.name.slice(variant.family.length)}` : variant.name
  return {
    ...variant,
    family,
    name,
    familyBy: basisOf(variant, { weights, model, isSource }),
    ...(weights.made !== null && { madeFrom: weights.made.source }),
  }
}

function basisOf(variant: Variant, { weights, model, isSource }: Found): FamilyBasis {
  if (weights.made !== null) return 'made'
  if (sameName(variant.family, model.plainName)) return variant.familyBy ?? 'name'
  if (weights.variants.length > 1) return 'weights'
  if (isSource) return 'made'
  return sharesByName(variant, model) ? 'weights' : (variant.familyBy ?? 'name')
}

/** Whether another of its name has weights that one of another name has too. */
const sharesByName = ({ family, familyBy }: Variant, model: Model): boolean =>
  familyBy === 'name' &&
  model.weights.some(
    ({ variants }) =>
      variants.some((other) => sameName(other.family, family)) &&
      variants.some((other) => !sameName(other.family, family)),
  )

type Row = Omit<FamilyRow, 'distinction'>

function withDistinctions(rows: readonly Row[]): readonly FamilyRow[] {
  const counts = Map.groupBy(rows, ({ precision }) => precision.name)
  return rows.map((row) => {
    const same = counts.get(row.precision.name) ?? []
    return { ...row, distinction: distinction(row, same) }
  })
}

function distinction({ precision, places: [place] }: Row, same: readonly Row[]): string | null {
  if (same.length < 2) return null
  const many = same.length === 2 ? 'another row' : `${same.length - 1} more rows`
  const weights =
    place.weightsDigest === null
      ? 'the engine does not show its weights'
      : `weights ${shortDigest(place.weightsDigest)}`
  const maker = place.madeFrom === undefined ? 'not made by Assay' : `made by Assay from ${place.madeFrom}`
  return `${precision.name} has ${many}, with other bytes. Here: ${weights}, ${maker}.`
}
