import papa from 'papaparse'
import { formulaText } from '#shared/domain/formula-text.ts'
import { cellRows, type CellRow } from './cell-rows.ts'
import type { ReportInput } from './report-input.ts'

const rowsAtOnce = 500

/** One row a cell (RFC 4180), tags as `tag:NAME` columns. Yields as it goes: memory does not grow with the run. */
export function* csvChunks(input: ReportInput): Generator<string, void, undefined> {
  const tags = tagNames(input)
  yield `${csv([header(input.withText, tags)])}\r\n`
  let rows: unknown[][] = []
  for (const row of cellRows(input)) {
    rows.push(values(row, tags))
    if (rows.length < rowsAtOnce) continue
    yield `${csv(rows)}\r\n`
    rows = []
  }
  if (rows.length > 0) yield `${csv(rows)}\r\n`
}

const csv = (rows: readonly (readonly unknown[])[]): string =>
  papa.unparse(rows as unknown[][], { escapeFormulae: formulaText, newline: '\r\n' })

function tagNames(input: ReportInput): readonly string[] {
  const names = new Set<string>()
  const prompts = input.run.suites.reduce((sum, { n }) => sum + n, 0)
  for (let index = 0; index < prompts; index += 1) {
    for (const name of Object.keys(input.prompt(index)?.tags ?? {})) names.add(name)
  }
  return [...names].toSorted()
}

const columns = [
  'key',
  'run',
  'suite',
  'prompt',
  'variant',
  'precision',
  'digest',
  'role',
  'arm',
  'sample',
  'state',
  'thinkState',
  'correct',
  'label',
  'needsReview',
  'tokens',
  'thinkingTokens',
  'tokensPerSecond',
  'firstTokenMs',
  'endReason',
  'error',
] as const satisfies readonly (keyof CellRow)[]

const textColumns = ['question', 'raw', 'thinking', 'answer'] as const

const header = (withText: boolean, tags: readonly string[]): readonly string[] => [
  ...columns,
  ...tags.map((tag) => `tag:${tag}`),
  ...(withText ? textColumns : []),
]

function values(row: CellRow, tags: readonly string[]): unknown[] {
  const { text } = row
  return [
    ...columns.map((column) => row[column]),
    ...tags.map((tag) => (Object.hasOwn(row.tags, tag) ? row.tags[tag] : null)),
    ...(text === undefined ? [] : textColumns.map((column) => text[column])),
  ]
}
