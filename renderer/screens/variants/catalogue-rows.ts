import type { CatalogueFit } from '#shared/contract/views.ts'
import type { CatalogueEntry, CatalogueTag, Variant } from '#shared/domain/variant.ts'
import type { Job } from '../../stores/jobs-slice.ts'

/** One line of the catalogue. */
export type CatalogueRow =
  | { readonly kind: 'entry'; readonly entry: CatalogueEntry }
  | {
      readonly kind: 'tag'
      readonly tag: CatalogueTag
      readonly fit: CatalogueFit | null
      /** What the endpoint has under this name already. */
      readonly pulled: Variant | null
      readonly job: Job | null
    }

export interface CatalogueSources {
  readonly entries: readonly CatalogueEntry[]
  readonly fits: readonly CatalogueFit[]
  readonly variants: readonly Variant[]
  readonly jobs: readonly Job[]
  readonly endpoint: string | null
}

export function catalogueRows({ entries, fits, variants, jobs, endpoint }: CatalogueSources): readonly CatalogueRow[] {
  const fitOf = new Map(fits.map((fit) => [fit.tag, fit]))
  const has = new Map(
    variants.filter((variant) => variant.endpoint === endpoint).map((variant) => [variant.ref, variant]),
  )
  const pullOf = (tag: string) =>
    jobs.find(({ request }) => request.kind === 'pull' && request.endpoint === endpoint && request.name === tag) ?? null
  return entries.flatMap((entry): readonly CatalogueRow[] => [
    { kind: 'entry', entry },
    ...entry.tags.toSorted(finestFirst).map((tag) => ({
      kind: 'tag' as const,
      tag,
      fit: fitOf.get(tag.tag) ?? null,
      pulled: has.get(tag.tag) ?? null,
      job: pullOf(tag.tag),
    })),
  ])
}

const finestFirst = (a: CatalogueTag, b: CatalogueTag): number => b.sizeBytes - a.sizeBytes

/** What the catalogue has to say of a name that somebody types: what a short tag means, for instance. */
export function noteOn(name: string, entries: readonly CatalogueEntry[]): string | null {
  const wanted = name.trim().toLowerCase()
  if (!wanted.includes(':')) return wanted === 'deepseek-r1' ? noteOn('deepseek-r1:latest', entries) : null
  const word = new RegExp(`(^|\\s)${wanted.replaceAll(/[^\w:-]/g, String.raw`\$&`)}(?![\\w:-]|[.]\\d)`, 'i')
  const owner = entries.find(({ tags }) => tags.some(({ tag }) => tag.toLowerCase() === wanted))
  return owner?.note ?? entries.find(({ note }) => note !== null && word.test(note))?.note ?? null
}
