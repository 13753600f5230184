import type { SuiteSummary } from '#shared/domain/suite.ts'
import type { View } from './comparison.ts'
import { countText } from '#shared/domain/figures.ts'
import { plainLine } from './plain-text.ts'
import { table } from './table.ts'
import { foldName } from './variant-labels.ts'

/** Where a suite is from, in the words of the window. */
const sourceWords = { bundled: 'bundled', user: 'yours', generated: 'generated' } as const

/** One row a suite. */
export function renderSuites(suites: readonly SuiteSummary[], { style, columns }: View): string {
  const rows = suites.map(({ name, n, languages, isProbePack, source, hash, title }) => [
    foldName(plainLine(name), 28),
    countText(n),
    isProbePack ? 'probes' : 'questions',
    languages.join(', '),
    sourceWords[source],
    ...(columns < 100 ? [] : [foldName(plainLine(title), columns - 76)]),
    style.dim(hash.slice('sha256:'.length, 'sha256:'.length + 8)),
  ])
  const heads = [
    { title: 'Suite' },
    { title: 'Prompts', align: 'right' as const },
    { title: 'Kind' },
    { title: 'Languages' },
    { title: 'Source' },
    ...(columns < 100 ? [] : [{ title: 'Title' }]),
    { title: 'Hash' },
  ]
  return table(heads, rows, style)
}
