import type { CatalogueEntry, Family, MemoryFit, Variant } from '#shared/domain/variant.ts'
import type { Job } from '../../stores/jobs-slice.ts'
import type { VariantsQuery } from './variants-query.ts'

/** One line of the list, from top to bottom. */
export type ListRow =
  /** The head of a group. `variants` are all of the family, whatever is filtered away. */
  | { readonly kind: 'family'; readonly family: Family }
  | {
      readonly kind: 'variant'
      readonly variant: Variant
      /** Null while it is being worked out. */
      readonly fit: MemoryFit | null
      /** The finest of a family that has several. */
      readonly reference: boolean
      /** What is being done with it in memory. */
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
      .map((name): Family => ({ name, variants: [] })),
  ].toSorted((a, b) => byName(a.name, b.name))
  return groups.flatMap((family) => {
    const shown = family.variants.filter((variant) => isShown(variant, fits.get(variant.id), query))
    const own = byFamily.get(family.name) ?? []
    if (shown.length === 0 && own.length === 0) return []
    return [
      { kind: 'family', family } as const,
      ...shown.flatMap((variant) => variantRows(variant, { family, fits, jobs })),
      ...own.map((job) => ({ kind: isUnderWay(job) ? 'job' : 'fault', job }) as const),
    ]
  })
}

const isResident = (request: Job['request']): boolean => request.kind === 'load' || request.kind === 'unload'
const isUnderWay = ({ state }: Job): boolean => state === 'running'

function variantRows(
  variant: Variant,
  { family, fits, jobs }: Pick<RowSources, 'fits' | 'jobs'> & { readonly family: Family },
): readonly ListRow[] {
  const job = jobs.find(
    ({ request, state }) => state !== 'done' && isResident(request) && aboutVariant(request, variant),
  )
  const row: ListRow = {
    kind: 'variant',
    variant,
    fit: fits.get(variant.id) ?? null,
    reference: family.variants.length > 1 && variant === family.variants[0],
    job: job?.state === 'running' ? job : null,
  }
  return job?.state === 'failed' ? [row, { kind: 'fault', job }] : [row]
}

const aboutVariant = (request: Job['request'], { id }: Variant): boolean =>
  'variant' in request && request.variant === id

/** A tag that nobody knows yet is a group of its own. */
function familyOf({ request }: Job, families: readonly Family[], catalogue: readonly CatalogueEntry[]): string {
  switch (request.kind) {
    case 'pull': {
      const entry = catalogue.find(({ tags }) => tags.some(({ tag }) => tag === request.name))
      const known = families.find(({ variants }) => variants.some(({ ref }) => ref === request.name))
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
