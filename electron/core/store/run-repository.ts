import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { Digest, RunId, SuiteHash } from '#shared/domain/ids.ts'
import { runId } from '#shared/domain/ids.ts'
import type { CellCounts, Run, RunPlan, RunSpec, RunState, RunSummary, RunVariant } from '#shared/domain/run.ts'
import { countCells, noCells } from './cell-counts.ts'
import { createRun } from './create-run.ts'
import type { Database } from './database.ts'
import { executionMethods } from './execution.ts'
import { readJson, readJsonOrNull, writeJsonOrNull } from './json-column.ts'
import { noRun } from './no-run.ts'
import { promptMethods } from './run-prompts.ts'
import { renderMethods } from './renders.ts'
import type { RunRepository } from './store.ts'

export function runRepository(db: Database, now: () => number): RunRepository {
  return {
    create: (run) => createRun(db, run, now()),
    get(id) {
      const row = db.get<RunRow>(`${runSql} WHERE run.id = ?`, id)
      return row === null ? null : readRun(row, readVariants(db, runId(row.id)), countCells(db, runId(row.id)))
    },
    list() {
      const variants = Map.groupBy(db.all<VariantRow>(variantSql), (row) => row.run_id)
      const counts = countCells(db)
      return db.all<RunRow>(`${runSql} ORDER BY run.id DESC`).map((row) => {
        const own = (variants.get(row.id) ?? []).map(({ body }) => readJson<RunVariant>(body))
        return readSummary(row, own, counts.get(row.id) ?? noCells)
      })
    },
    setState: (id, state, error = null) => setState(db, id, { state, error, nowMs: now() }),
    rename(id, name) {
      if (db.run('UPDATE run SET name = ? WHERE id = ?', name, id).changes === 0) throw noRun(id)
    },
    delete: (id) => db.transaction(() => deleteRun(db, id)),
    prompts: (id) =>
      db.all<{ suite: SuiteHash; suiteName: string; promptId: string; contentHash: Digest }>(
        `SELECT suite.hash AS suite, suite.name AS suiteName, prompt.prompt_id AS promptId,
                prompt.content_hash AS contentHash
         FROM run_prompt JOIN prompt ON prompt.id = run_prompt.prompt_id JOIN suite ON suite.id = prompt.suite_id
         WHERE run_prompt.run_id = ? ORDER BY run_prompt.position`,
        id,
      ),
    ...promptMethods(db),
    ...renderMethods(db),
    ...executionMethods(db),
  }
}

interface RunRow {
  readonly id: number
  readonly name: string
  readonly state: RunState
  readonly created_at_ms: number
  readonly started_at_ms: number | null
  readonly finished_at_ms: number | null
  readonly active_ms: number
  readonly spec: string
  readonly plan: string
  readonly arms: string
  readonly samples: number
  readonly is_probe_run: number
  readonly error: string | null
}

interface VariantRow {
  readonly run_id: number
  readonly body: string
}

const runSql = 'SELECT run.*, execution.active_ms FROM run JOIN execution ON execution.run_id = run.id'
const variantSql = 'SELECT run_id, body FROM run_variant ORDER BY run_id, position'

function readVariants(db: Database, id: RunId): readonly RunVariant[] {
  const rows = db.all<VariantRow>('SELECT run_id, body FROM run_variant WHERE run_id = ? ORDER BY position', id)
  return rows.map(({ body }) => readJson<RunVariant>(body))
}

function readSummary(row: RunRow, variants: readonly RunVariant[], counts: CellCounts): RunSummary {
  return {
    id: runId(row.id),
    name: row.name,
    state: row.state,
    createdAtMs: row.created_at_ms,
    startedAtMs: row.started_at_ms,
    finishedAtMs: row.finished_at_ms,
    activeSeconds: row.active_ms / 1000,
    suites: readJson<RunPlan>(row.plan).suites,
    variants,
    arms: readJson<Arm[]>(row.arms),
    samples: row.samples,
    counts,
    isProbeRun: row.is_probe_run === 1,
  }
}

function readRun(row: RunRow, variants: readonly RunVariant[], counts: ReadonlyMap<number, CellCounts>): Run {
  return {
    ...readSummary(row, variants, counts.get(row.id) ?? noCells),
    spec: readJson<RunSpec>(row.spec),
    plan: readJson<RunPlan>(row.plan),
    error: readJsonOrNull<ErrorInfo>(row.error),
  }
}

/** A run that goes on after its end has no end yet; its first start stays its start. */
function setState(
  db: Database,
  id: RunId,
  { state, error, nowMs }: { readonly state: RunState; readonly error: ErrorInfo | null; readonly nowMs: number },
): void {
  const startedMs = state === 'running' ? nowMs : null
  const finishedMs = state === 'done' || state === 'failed' || state === 'cancelled' ? nowMs : null
  const sql = `UPDATE run SET state = ?, error = ?, started_at_ms = coalesce(started_at_ms, ?), finished_at_ms = ?
               WHERE id = ?`
  if (db.run(sql, state, writeJsonOrNull(error), startedMs, finishedMs, id).changes === 0) throw noRun(id)
}

/** Everything that hangs on the run goes by cascade; the texts that it shared go when nobody else sent them. */
function deleteRun(db: Database, id: RunId): void {
  if (db.run('DELETE FROM run WHERE id = ?', id).changes === 0) throw noRun(id)
  db.run(
    `DELETE FROM rendered WHERE id NOT IN (SELECT rendered_id FROM generation WHERE rendered_id IS NOT NULL
     UNION ALL SELECT rendered_id FROM run_prompt WHERE rendered_id IS NOT NULL)`,
  )
}
