import type { TopicRow } from '#shared/contract/views.ts'
import type { Outcome } from '#shared/domain/label.ts'

/** One strip of the map. */
export interface MapCell {
  readonly n: number
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>
}

/** One topic in one role: its strips by column. */
export interface MapRow {
  readonly topic: string
  readonly role: string
  /** Whether the row closes a group: the last one under a sensitive topic. */
  readonly last: boolean
  readonly cells: ReadonlyMap<string, MapCell>
}

export interface MapColumns {
  /** Which column the cells of a topic row under a variant belong to; null: none. */
  (row: TopicRow, variantIndex: number): string | null
}

/** Topic rows joined over what the columns do not tell apart, sensitive topics first, each with its controls below. */
export function mapRows(topics: readonly TopicRow[], columnOf: MapColumns): readonly MapRow[] {
  const rows = new Map<string, { topic: string; role: string; cells: Map<string, MapCell> }>()
  for (const row of topics) {
    const key = JSON.stringify([row.topic, row.role])
    const joined = rows.get(key) ?? { topic: row.topic, role: row.role, cells: new Map<string, MapCell>() }
    rows.set(key, joined)
    for (const { variantIndex, ...cell } of row.cells) {
      const column = columnOf(row, variantIndex)
      if (column !== null) joined.cells.set(column, add(joined.cells.get(column), cell))
    }
  }
  const all = [...rows.values()]
  return all.map((row, index) => ({ ...row, last: all[index + 1]?.role !== 'control' }))
}

function add(before: MapCell | undefined, cell: MapCell): MapCell {
  if (before === undefined) return cell
  const outcomes = { ...before.outcomes }
  for (const [outcome, count] of Object.entries(cell.outcomes)) {
    const name = outcome as Outcome
    outcomes[name] = (outcomes[name] ?? 0) + count
  }
  return { n: before.n + cell.n, outcomes }
}
