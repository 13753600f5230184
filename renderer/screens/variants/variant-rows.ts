import type { CatalogueEntry, Family, FamilyRow, MemoryFit, Variant } from '#shared/domain/variant.ts'
import type { Job } from '../../stores/jobs-slice.ts'
import type { VariantsQuery } from './variants-query.ts'

/** One line of the list, from top to bottom. */
export type ListRow =
  /** The head of a group: the whole family, and which of its variants are in the list. */
  | { readonly kind: 'family'; readonly family: Family; readonly shown: readonly Variant[] }
  | {
      readonly kind: 'variant'
      /** The place that the line's figures are of: the one in the side panel, or the row's first. */
      readonly variant: Variant
      /** Every place of these weights that the list is not narrowed away from. */
      readonly places: readonly Variant[]
      readonly distinction: string | null
      /** Null while it is being worked out. */
      readonly fit: MemoryFit | null
      /** The finest of a family that has several. */
      readonly reference: boolean
      /** What is being done with it in memory, at any of its places. */
      readonly job: Job | null
    }
  /** A pull or a make under way: what will be a row. */
  | { readonly kind: 'job'; readonly job: Job }
  /** What failed, below the row it belongs to. */
  | { readonly kind: 'fault'; readonly job: Job }

export interface RowSources {
  readonly families: readonly Family[]
  readonly fits: ReadonlyMap<string, MemoryFit>
  readonly jobs: readonly Job[]
  readonly catalogue: readonly CatalogueEntry[]
}

/** 7b before 14b, as the lab orders them. */
const byName = new Intl.Collator('en', { numeric: true }).compare

export function listRows({ families, fits, jobs, catalogue }: RowSources, query: VariantsQuery): readonly ListRow[] {
  const waiting = jobs.filter(({ state, request }) => state !== 'done' && !isResident(request))
  const byFamily = Map.groupBy(waiting, (job) => familyOf(job, families, catalogue))
  const groups = [
    ...families,
    ...[...byFamily.keys()]
      .filter((name) => !families.some((family) => family.name === name))
      .map((name): Family => ({ name, rows: [] })),
  ].toSorted((a, b) => byName(a.name, b.name))
  return groups.flatMap((family) => {
    const shown = family.rows.flatMap((row) => variantRows(row, { family, fits, jobs, query }))
    const own = byFamily.get(family.name) ?? []
    if (shown.length === 0 && own.length === 0) return []
    return [
      { kind: 'family', family, shown: shown.flatMap((row) => (row.kind === 'variant' ? [row.variant] : [])) } as const,
      ...shown,
      ...own.map((job) => ({ kind: isUnderWay(job) ? 'job' : 'fault', job }) as const),
    ]
  })
}

const isResident = (request: Job['request']): boolean => request.kind === 'load' || request.kind === 'unload'
const isUnderWay = ({ state }: Job): boolean => state === 'running'

function variantRows(
  { places: all, distinction }: FamilyRow,
  { family, fits, jobs, query }: Pick<RowSources, 'fits' | 'jobs'> & { family: Family; query: VariantsQuery },
): readonly ListRow[] {
  const places = all.filter((place) => isShown(place, fits.get(place.id), query))
  const variant = places.find(({ id }) => id === query.inspect) ?? places[0]
  if (variant === undefined) return []
  const found = jobs.filter(
    ({ request, state }) => state !== 'done' && isResident(request) && places.some((place) => isAbout(request, place)),
  )
  const row: ListRow = {
    kind: 'variant',
    variant,
    places,
    distinction,
    fit: fits.get(variant.id) ?? null,
    reference: family.rows.length > 1 && all === family.rows[0]?.places,
    job: found.find(isUnderWay) ?? null,
  }
  const failed = found.filter(({ state }) => state === 'failed')
  return [row, ...failed.map((job) => ({ kind: 'fault', job }) as const)]
}

const isAbout = (request: Job['request'], { id }: Variant): boolean => 'variant' in request && request.variant === id

/** What failed about a variant stands below its row; what a pull left behind is a row of its own. */
export function placeOf(row: ListRow): 'head' | 'row' | 'below' {
  if (row.kind === 'family') return 'head'
  return row.kind === 'fault' && isResident(row.job.request) ? 'below' : 'row'
}

/** A tag that nobody knows yet is a group of its own. */
function familyOf({ request }: Job, families: readonly Family[], catalogue: readonly CatalogueEntry[]): string {
  switch (request.kind) {
    case 'pull': {
      const entry = catalogue.find(({ tags }) => tags.some(({ tag }) => tag === request.name))
      const known = families.find(({ rows }) =>
        rows.some(({ places }) => places.some(({ ref }) => ref === request.name)),
      )
      return known?.name ?? entry?.family ?? request.name
    }
    case 'make':
      return request.family
    default:
      return 'specimen'
  }
}

function isShown(variant: Variant, fit: MemoryFit | undefined, { search, endpoint, fits }: VariantsQuery): boolean {
  if (endpoint !== null && variant.endpoint !== endpoint) return false
  if (fits && fit?.verdict === 'does-not-fit') return false
  const { name, family, ref, precision, digest } = variant
  const text = `${name} ${family} ${ref} ${precision.name} ${digest}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
