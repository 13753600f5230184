import { whyUnlisted, type EngineStatus } from '#shared/domain/engine.ts'
import type { CatalogueEntry, Family, FamilyRow, MemoryFit, Variant } from '#shared/domain/variant.ts'
import { bitsText, bytesText, countText, missing, parametersText } from '#shared/domain/figures.ts'
import type { View } from './comparison.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { foldName } from './variant-labels.ts'

/** What variants need in memory, by id, at the context that was asked for. */
export interface FitsAsked {
  readonly contextTokens: number
  readonly of: ReadonlyMap<string, MemoryFit>
}

/** Families with one row a precision, a line a place. `fits`: null where nobody asked. */
export function renderFamilies(families: readonly Family[], fits: FitsAsked | null, view: View): string {
  if (families.length === 0) return 'No models were found.'
  const blocks = families.map(({ name, rows }) => {
    const lines = rows.flatMap((row) =>
      row.places.map((variant, index) => line(variant, index > 0, fits?.of.get(variant.id), view)),
    )
    return [
      view.style.title(plainLine(name)),
      table(fits === null ? heads : [...heads, ...fitHeads], lines, view.style),
      ...notesOf(rows).map((note) => view.style.dim(`  ${plainLine(note)}`)),
    ].join('\n')
  })
  return [...blocks, ...(fits === null ? [] : [view.style.dim(needsAt(fits))])].join('\n\n')
}

/** A load takes no more context than a model was trained for: of those the need is told at that. */
function needsAt({ contextTokens, of }: FitsAsked): string {
  const isLess = [...of.values()].some((fit) => fit.contextTokens < contextTokens)
  const less = isLess ? ', or of all it was trained for where that is less' : ''
  return `Needs: memory at a context of ${countText(contextTokens)} tokens${less}.`
}

/** Every note with the names of the variants that it is about. */
function notesOf(rows: readonly FamilyRow[]): readonly string[] {
  const told = rows.flatMap(({ places: [first, ...rest], distinction }) => [
    ...(distinction === null ? [] : [{ note: distinction, name: first.name }]),
    ...[first, ...rest].flatMap(({ name, notes }) => notes.map((note) => ({ note, name }))),
  ])
  return [...Map.groupBy(told, ({ note }) => note)].map(
    ([note, about]) => `${about.map(({ name }) => name).join(', ')}: ${note}`,
  )
}

const heads = [
  { title: 'Name' },
  { title: 'Precision' },
  { title: 'Bits/\nweight', align: 'right' },
  { title: 'Size', align: 'right' },
  { title: 'Context', align: 'right' },
  { title: 'Engine' },
  { title: 'Digest' },
] as const
const fitHeads = [{ title: 'Needs', align: 'right' }, { title: 'Fits' }] as const

/** `again`: the weights of the line above, in another place. What is the same there is not said twice. */
function line(
  variant: Variant,
  again: boolean,
  fit: MemoryFit | undefined,
  { style, columns }: View,
): readonly string[] {
  const { name, precision, sizeBytes, contextTokens, endpoint, loaded, digest } = variant
  const cells = [
    foldName(plainLine(name), columns < 110 ? 24 : 44),
    again ? style.dim('same weights') : foldName(plainLine(precision.name), 12),
    again ? '' : bitsText(precision.bitsPerWeight),
    again ? '' : bytesText(sizeBytes),
    again ? '' : contextTokens === null ? missing : countText(contextTokens),
    plainLine(endpoint) + (loaded ? style.dim(' (loaded)') : ''),
    style.dim(digest.slice('sha256:'.length, 'sha256:'.length + 12)),
  ]
  return fit === undefined ? cells : [...cells, bytesText(fit.totalBytes), fitWords(fit, style)]
}

function fitWords({ verdict }: MemoryFit, style: Style): string {
  switch (verdict) {
    case 'fits':
      return style.pass('fits')
    case 'tight':
      return style.open('tight')
    case 'does-not-fit':
      return style.fail('does not fit')
    case 'unknown':
      return style.dim('not known')
  }
}

/** The engines whose variants are not in the list, with what to do; empty where all are. */
export function renderEngines(engines: readonly EngineStatus[], style: Style): string {
  return engines
    .flatMap((engine) => {
      const away = whyUnlisted(engine)
      if (away === null) return []
      return [`${style.open(plainLine(engine.endpoint))}: ${plainLine(away.reason)} ${style.dim(plainLine(away.hint))}`]
    })
    .join('\n')
}

/** What can be pulled, one row a tag, with what it needs in memory. `fits` by tag. */
export function renderCatalogue(
  entries: readonly CatalogueEntry[],
  fits: ReadonlyMap<string, MemoryFit>,
  style: Style,
): string {
  const blocks = entries.map(({ title, parameters, contextTokens, tags, note }) => {
    const facts = `${parametersText(parameters)} parameters, context ${countText(contextTokens)}`
    const rows = tags.map(({ tag, precision, sizeBytes }) => {
      const fit = fits.get(tag)
      return [
        plainLine(tag),
        plainLine(precision),
        bytesText(sizeBytes),
        fit === undefined ? missing : bytesText(fit.totalBytes),
        fit === undefined ? missing : fitWords(fit, style),
      ]
    })
    return [
      `${style.title(plainLine(title))} ${style.dim(facts)}`,
      table(catalogueHeads, rows, style),
      ...(note === null ? [] : [style.dim(`  ${plainLine(note)}`)]),
    ].join('\n')
  })
  const asked = fits.values().next().value?.contextTokens
  const context = asked === undefined ? [] : [style.dim(`Needs: memory at a context of ${countText(asked)} tokens.`)]
  return [...blocks, ...context].join('\n\n')
}

const catalogueHeads = [
  { title: 'Tag' },
  { title: 'Precision' },
  { title: 'Size', align: 'right' },
  ...fitHeads,
] as const
