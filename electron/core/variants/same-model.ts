import type { Digest } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { MadeRecord } from './made-memory.ts'

/** What weights were made from, or null. */
export type MadeLookup = (weights: Digest) => MadeRecord | null

/** Equal weights: variants that are one row wherever they lie. */
export interface Weights {
  readonly key: string
  readonly variants: readonly [Variant, ...Variant[]]
  readonly made: MadeRecord | null
}

/** The weights of one model, and what to call it. */
export interface Model {
  readonly name: string
  /** The name without what tells it from another model of that name. */
  readonly plainName: string
  readonly weights: readonly Weights[]
}

/**
 * Which variants are precisions of one model. Links from the surest to the weakest, each only where it holds:
 * 1. equal weights, by their digest, or because Assay registered one as the other;
 * 2. made by Assay, one from the other or both from the same;
 * 3. the same model named by the headers, with the same shape;
 * 4. the same name of tag or file, with the same shape: only for what has no header that names it. Names hold together:
 *    where one of a name went by 1 or 2, the others of that name go too.
 */
export function groupModels(variants: readonly Variant[], made: MadeLookup): readonly Model[] {
  const all = groupWeights(variants, made)
  const links = createLinks()
  for (const { key, made: record } of all) {
    links.join(key, record === null ? key : keyOf(record.from, made))
  }
  joinByHeader(all, links)
  joinNameless(collect(all, links), links)
  return joinByName(collect(all, links), variants)
}

function groupWeights(variants: readonly Variant[], made: MadeLookup): readonly Weights[] {
  const groups = Map.groupBy(variants, ({ weightsDigest, digest }) => keyOf(weightsDigest ?? digest, made))
  return [...groups].flatMap(([key, [first, ...rest]]) =>
    first === undefined ? [] : [{ key, variants: [first, ...rest], made: recordOf([first, ...rest], made) }],
  )
}

/** Weights that are registered copies of others go by the others' digest. */
function keyOf(weights: Digest, made: MadeLookup): string {
  const seen = new Set<string>()
  let key = weights
  for (let record = made(key); record?.sameTensors === true && !seen.has(key); record = made(key)) {
    seen.add(key)
    key = record.from
  }
  return key
}

function recordOf(variants: readonly Variant[], made: MadeLookup): MadeRecord | null {
  for (const { weightsDigest, digest } of variants) {
    const record = made(keyOf(weightsDigest ?? digest, made) as Digest)
    if (record !== null) return record
  }
  return null
}

interface Links {
  join(a: string, b: string): void
  root(key: string): string
}

function createLinks(): Links {
  const parents = new Map<string, string>()
  const root = (key: string): string => {
    const parent = parents.get(key) ?? key
    return parent === key ? key : root(parent)
  }
  return { root, join: (a, b) => void parents.set(root(a), root(b)) }
}

function joinByHeader(all: readonly Weights[], links: Links): void {
  const named = all.flatMap((weights) =>
    weights.variants.flatMap(({ familyBy, family }) =>
      familyBy === 'header' ? [{ weights, name: slug(family) }] : [],
    ),
  )
  for (const members of Map.groupBy(named, ({ name }) => name).values()) {
    for (const [first, ...rest] of byShape(
      members.map(({ weights }) => weights),
      ({ variants }) => variants,
    )) {
      for (const other of rest) links.join(other.key, first?.key ?? other.key)
    }
  }
}

/**
 * Models that no header names are one where one name is on weights of both, so that all variants of a name go together
 * wherever the first of them went. What shows no shape is not taken for a proof that two shapes are one model.
 */
function joinNameless(groups: readonly (readonly Weights[])[], links: Links): void {
  const nameless = groups.flatMap((weights) => {
    const variants = weights.flatMap((one) => one.variants)
    const isShown = variants.some(({ shape }) => shape != null)
    if (!isShown || variants.some(({ familyBy }) => familyBy === 'header')) return []
    const names = new Set(variants.map(({ family }) => slug(family)))
    return [...names].map((name) => ({ name, key: weights[0]?.key ?? '', variants }))
  })
  for (const members of Map.groupBy(nameless, ({ name }) => name).values()) {
    for (const [first, ...rest] of byShape(members, ({ variants }) => variants)) {
      for (const other of rest) links.join(other.key, first?.key ?? other.key)
    }
  }
}

const collect = (all: readonly Weights[], links: Links): readonly (readonly Weights[])[] => [
  ...Map.groupBy(all, ({ key }) => links.root(key)).values(),
]

/** What has the same name in the end is one model too, unless its shape says that it cannot be. */
function joinByName(groups: readonly (readonly Weights[])[], variants: readonly Variant[]): readonly Model[] {
  const sizes = new Map([...Map.groupBy(variants, ({ family }) => family)].map(([name, { length }]) => [name, length]))
  const named = groups.map((weights) => ({ name: nameOf(weights, sizes), weights }))
  return [...Map.groupBy(named, ({ name }) => slug(name)).values()].flatMap((same) => {
    const name = same[0]?.name ?? ''
    const shapes = byShape(same, ({ weights }) => weights.flatMap((one) => one.variants))
    return shapes.map((models) => {
      const weights = models.flatMap((model) => model.weights)
      return {
        weights,
        plainName: name,
        name: shapes.length === 1 ? name : `${name} (${shortShape(shapeOf(weights))})`,
      }
    })
  })
}

/** Parts of equal shape; what shows none stays with the largest. */
function byShape<T>(items: readonly T[], variantsIn: (item: T) => readonly Variant[]): readonly (readonly T[])[] {
  const groups = Map.groupBy(items, (item) => variantsIn(item).find(({ shape }) => shape != null)?.shape ?? null)
  const unknown = groups.get(null) ?? []
  const [largest = [], ...rest] = [...groups]
    .filter(([shape]) => shape !== null)
    .map(([, members]) => members)
    .toSorted((a, b) => b.length - a.length)
  return [[...largest, ...unknown], ...rest]
}

/**
 * The header's name where there is one; else the name of what the others were made from; else the name that most
 * variants here go by.
 */
function nameOf(weights: readonly Weights[], sizes: ReadonlyMap<string, number>): string {
  const variants = weights.flatMap((one) => one.variants)
  const sources = weights.filter(({ made }) => made === null).flatMap((one) => one.variants)
  const gone = weights.flatMap(({ made }) => (made === null ? [] : [made.family]))
  const headers = variants.filter(({ familyBy }) => familyBy === 'header').map(({ family }) => family)
  const names = [headers, sources.map(({ family }) => family), gone, variants.map(({ family }) => family)]
  const found = names.find(({ length }) => length > 0) ?? []
  const [first = ''] = [...new Set(found)].toSorted(
    (a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a.localeCompare(b),
  )
  return first
}

const shapeOf = (weights: readonly Weights[]): string =>
  weights.flatMap(({ variants }) => variants).find(({ shape }) => shape != null)?.shape ?? ''

/** `qwen2, 28 layers of 3584`: enough to tell two models of one name apart for people. */
const shortShape = (shape: string): string => shape.split(', ').slice(0, 2).join(', ')

export const sameName = (a: string, b: string): boolean => slug(a) === slug(b)

/** `qwen2.5 7b-instruct` as a tag is `qwen2.5-7b-instruct` as a file. */
const slug = (name: string): string => name.toLowerCase().replaceAll(/[\s_:/]+/g, '-')
