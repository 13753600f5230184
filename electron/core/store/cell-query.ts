import { cellId, type CellId, type RunId } from '#shared/domain/ids.ts'
import { cellRange, type CellRange } from './cell-row.ts'
import type { Database, Value } from './database.ts'
import type { CellFilter, CellSort } from './store.ts'
import { matchExpression, parseQuery } from './text-query.ts'
import { indexWaiting } from './word-index.ts'

export interface CellOrder {
  readonly sort: CellSort
  readonly descending: boolean
}

/** A condition over `cell`, with the values of its question marks in order. */
interface Condition {
  readonly sql: string
  readonly values: readonly Value[]
}

/** Ids of one page, in order, and how many there are in all. */
export function findCells(
  db: Database,
  run: RunId,
  query: { readonly filter: CellFilter; readonly order: CellOrder; readonly offset: number; readonly limit: number },
): { readonly total: number; readonly ids: readonly CellId[] } {
  const range = cellRange(db, run)
  if (query.filter.query !== undefined) indexWaiting(db)
  const narrowing = conditions(range, run, query.filter)
  const parts = [{ sql: 'cell.id BETWEEN ? AND ?', values: [range.first, range.last] }, ...narrowing]
  const where = `WHERE ${parts.map(({ sql }) => sql).join(' AND ')}`
  const values = parts.flatMap((part) => part.values)
  const count = () => db.get<{ n: number }>(`SELECT count(*) AS n FROM cell ${where}`, ...values)?.n ?? 0
  const from = query.order.sort === 'promptId' ? `cell ${joinPrompts}` : 'cell'
  const rows = db.all<{ id: number }>(
    `SELECT cell.id FROM ${from} ${where} ORDER BY ${orderBy(query.order)} LIMIT ? OFFSET ?`,
    ...values,
    query.limit,
    query.offset,
  )
  const total = narrowing.length === 0 ? range.last - range.first + 1 : count()
  return { total, ids: rows.map(({ id }) => cellId(id)) }
}

const joinPrompts = 'JOIN run_prompt ON run_prompt.run_id = cell.run_id AND run_prompt.position = cell.prompt_index'

const sortKeys: Readonly<Record<Exclude<CellSort, 'order'>, string>> = {
  prompt: 'cell.prompt_index',
  tokens: 'cell.tokens',
  thinkingTokens: 'cell.thinking_tokens',
  tokensPerSecond: 'cell.tokens / nullif(cell.generate_ms, 0)',
  firstTokenMs: 'cell.first_token_ms',
  promptId: 'run_prompt.name_rank',
  state: 'cell.state',
  outcome: 'cell.outcome',
}

/** What is not known comes last, whichever way the rest is turned. Equal cells stay in schedule order. */
function orderBy({ sort, descending }: CellOrder): string {
  const way = descending ? 'DESC' : 'ASC'
  if (sort === 'order') return `cell.id ${way}`
  return `${sortKeys[sort]} ${way} NULLS LAST, cell.id ASC`
}

function conditions(range: CellRange, run: RunId, filter: CellFilter): readonly Condition[] {
  return [
    ...anyOf('cell.variant_index', filter.variantIndexes),
    ...anyOf('cell.arm', filter.arms),
    ...anyOf('cell.state', filter.states),
    ...anyOf('cell.think_state', filter.thinkStates),
    ...outcomeOf(filter.outcomes),
    ...anyOf('cell.prompt_index', filter.promptIndexes),
    ...flag('cell.correct', filter.correct),
    ...flag('cell.needs_review', filter.needsReview),
    ...tagged(run, filter.tag),
    ...containing(range, filter),
  ]
}

/** The list travels as one JSON value, so that its length is no matter to the statement. */
function anyOf(column: string, values: readonly (string | number)[] | undefined): readonly Condition[] {
  if (values === undefined) return []
  return [{ sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] }]
}

function flag(column: string, value: boolean | undefined): readonly Condition[] {
  return value === undefined ? [] : [{ sql: `${column} = ?`, values: [value ? 1 : 0] }]
}

function tagged(run: RunId, tag: CellFilter['tag']): readonly Condition[] {
  if (tag === undefined) return []
  const sql = `cell.prompt_index IN (
    SELECT run_prompt.position FROM run_prompt JOIN prompt ON prompt.id = run_prompt.prompt_id
    WHERE run_prompt.run_id = ? AND EXISTS (SELECT 1 FROM json_each(body, '$.tags') WHERE key = ? AND value = ?))`
  return [{ sql, values: [run, tag.name, tag.value] }]
}

/** A generation that failed has no label, and means the same as one: there is nothing to judge. */
function outcomeOf(outcomes: CellFilter['outcomes']): readonly Condition[] {
  const labelled = anyOf('cell.outcome', outcomes)
  if (outcomes?.includes('error') !== true) return labelled
  return labelled.map(({ sql, values }) => ({ sql: `(${sql} OR cell.state = 'error')`, values }))
}

function containing(range: CellRange, { query, queryPrompts }: CellFilter): readonly Condition[] {
  const inText = inTraces(range, query)
  const ofPrompts = anyOf('cell.prompt_index', queryPrompts)
  if (inText.length === 0 || ofPrompts.length === 0) return inText
  const either = [...inText, ...ofPrompts]
  return [{ sql: `(${either.map(({ sql }) => sql).join(' OR ')})`, values: either.flatMap(({ values }) => values) }]
}

function inTraces(range: CellRange, query: string | undefined): readonly Condition[] {
  if (query === undefined || query.trim() === '') return []
  const terms = parseQuery(query)
  if (terms.length === 0) return [{ sql: '0', values: [] }]
  const match = `(${matchExpression(terms, 'thinking')}) OR (${matchExpression(terms, 'answer')})`
  const sql = 'cell.id IN (SELECT rowid FROM trace_index WHERE trace_index MATCH ? AND rowid BETWEEN ? AND ?)'
  return [{ sql, values: [match, range.first, range.last] }]
}
