import { cellId, type CellId, type RunId } from '#shared/domain/ids.ts'
import { cellRange } from './cell-row.ts'
import type { Database, Value } from './database.ts'
import type { CellFilter, CellSort } from './store.ts'
import { matchExpression, parseQuery } from './text-query.ts'

export interface CellOrder {
  readonly sort: CellSort
  readonly descending: boolean
}

/** Conditions over `cell`, all of which have to hold, with the values of their question marks in order. */
interface Conditions {
  readonly sql: string
  readonly values: readonly Value[]
}

/** Ids of one page, in order, and how many there are in all. */
export function findCells(
  db: Database,
  run: RunId,
  query: { readonly filter: CellFilter; readonly order: CellOrder; readonly offset: number; readonly limit: number },
): { readonly total: number; readonly ids: readonly CellId[] } {
  const { sql, values } = conditions(db, run, query.filter)
  const total = db.get<{ n: number }>(`SELECT count(*) AS n FROM cell WHERE ${sql}`, ...values)?.n ?? 0
  const rows = db.all<{ id: number }>(
    `${promptPlaces(query.order.sort)} WHERE ${sql} ORDER BY ${orderBy(query.order)} LIMIT ? OFFSET ?`,
    ...(query.order.sort === 'promptId' ? [run] : []),
    ...values,
    query.limit,
    query.offset,
  )
  return { total, ids: rows.map(({ id }) => cellId(id)) }
}

/** Prompt ids are ranked once a prompt, not compared once a cell. */
function promptPlaces(sort: CellSort): string {
  if (sort !== 'promptId') return 'SELECT cell.id FROM cell'
  return `WITH place AS MATERIALIZED (
            SELECT run_prompt.position, rank() OVER (ORDER BY prompt.prompt_id) AS rank
            FROM run_prompt JOIN prompt ON prompt.id = run_prompt.prompt_id WHERE run_prompt.run_id = ?
          ) SELECT cell.id FROM cell JOIN place ON place.position = cell.prompt_index`
}

const sortKeys: Readonly<Record<Exclude<CellSort, 'order'>, string>> = {
  tokens: 'cell.tokens',
  thinkingTokens: 'cell.thinking_tokens',
  tokensPerSecond: 'cell.tokens / nullif(cell.generate_ms, 0)',
  firstTokenMs: 'cell.first_token_ms',
  promptId: 'place.rank',
  state: 'cell.state',
  outcome: 'cell.outcome',
}

/** What is not known comes last, whichever way the rest is turned. Equal cells stay in schedule order. */
function orderBy({ sort, descending }: CellOrder): string {
  const way = descending ? 'DESC' : 'ASC'
  if (sort === 'order') return `cell.id ${way}`
  return `${sortKeys[sort]} ${way} NULLS LAST, cell.id ASC`
}

function conditions(db: Database, run: RunId, filter: CellFilter): Conditions {
  const range = cellRange(db, run)
  const parts: Conditions[] = [
    { sql: 'cell.id BETWEEN ? AND ?', values: [range.first, range.last] },
    ...anyOf('cell.variant_index', filter.variantIndexes),
    ...anyOf('cell.arm', filter.arms),
    ...anyOf('cell.state', filter.states),
    ...anyOf('cell.think_state', filter.thinkStates),
    ...anyOf('cell.outcome', filter.outcomes),
    ...anyOf('cell.prompt_index', filter.promptIndexes),
    ...flag('cell.correct', filter.correct),
    ...flag('cell.needs_review', filter.needsReview),
    ...tagged(run, filter.tag),
    ...containing(range, filter.query),
  ]
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) }
}

/** The list travels as one JSON value, so that its length is no matter to the statement. */
function anyOf(column: string, values: readonly (string | number)[] | undefined): readonly Conditions[] {
  if (values === undefined) return []
  return [{ sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] }]
}

function flag(column: string, value: boolean | undefined): readonly Conditions[] {
  return value === undefined ? [] : [{ sql: `${column} = ?`, values: [value ? 1 : 0] }]
}

function tagged(run: RunId, tag: CellFilter['tag']): readonly Conditions[] {
  if (tag === undefined) return []
  const sql = `cell.prompt_index IN (
    SELECT run_prompt.position FROM run_prompt JOIN prompt ON prompt.id = run_prompt.prompt_id
    WHERE run_prompt.run_id = ? AND EXISTS (SELECT 1 FROM json_each(body, '$.tags') WHERE key = ? AND value = ?))`
  return [{ sql, values: [run, tag.name, tag.value] }]
}

function containing(
  range: { readonly first: number; readonly last: number },
  query: string | undefined,
): readonly Conditions[] {
  if (query === undefined || query.trim() === '') return []
  const terms = parseQuery(query)
  if (terms.length === 0) return [{ sql: '0', values: [] }]
  const match = `(${matchExpression(terms, 'thinking')}) OR (${matchExpression(terms, 'answer')})`
  const sql = 'cell.id IN (SELECT rowid FROM trace_index WHERE trace_index MATCH ? AND rowid BETWEEN ? AND ?)'
  return [{ sql, values: [match, range.first, range.last] }]
}
