import { LabError } from '#shared/domain/error.ts'
import { runId, type RunId, type SuiteHash } from '#shared/domain/ids.ts'
import type { Database } from './database.ts'
import type { NewRun } from './store.ts'

/**
 * Stores a run with its variants, its prompts and all its cells in one transaction.
 * @throws LabError NOT_FOUND when a suite or a prompt is not in the store, CONFLICT when a prompt has changed since
 */
export function createRun(db: Database, run: NewRun, nowMs: number): RunId {
  if (run.variants.some(({ index }, position) => index !== position)) throw new RangeError('variants are out of order')
  return db.transaction(() => {
    const promptIds = run.prompts.map((prompt) => findPrompt(db, prompt))
    const id = insertRun(db, run, nowMs)
    for (const runVariant of run.variants) {
      const sql = 'INSERT INTO run_variant (run_id, position, digest, role, body) VALUES (?, ?, ?, ?, ?)'
      db.run(sql, id, runVariant.index, runVariant.variant.digest, runVariant.role, JSON.stringify(runVariant))
    }
    const ranks = nameRanks(run.prompts.map(({ promptId }) => promptId))
    promptIds.forEach((promptId, position) => {
      const sql = 'INSERT INTO run_prompt (run_id, position, prompt_id, name_rank) VALUES (?, ?, ?, ?)'
      db.run(sql, id, position, promptId, ranks.get(run.prompts[position]?.promptId ?? '') ?? position)
    })
    insertCells(db, id, run)
    return id
  })
}

/** One fixed locale: the order is the same on every machine. */
const byName = new Intl.Collator('en', { numeric: true })

/** Equal ids of two suites have one rank. */
function nameRanks(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(names)].toSorted(byName.compare).map((name, rank) => [name, rank]))
}

function insertRun(db: Database, run: NewRun, nowMs: number): RunId {
  const suites = [...new Set(run.prompts.map(({ suite }) => suite))]
  const firstCell = nextCell(db)
  const { id } = db.run(
    `INSERT INTO run (name, state, created_at_ms, spec, plan, arms, samples, is_probe_run, first_cell, last_cell)
     VALUES (?, 'planned', ?, ?, ?, ?, ?, ?, ?, ?)`,
    run.name,
    nowMs,
    JSON.stringify(run.spec),
    JSON.stringify(run.plan),
    JSON.stringify(run.arms),
    run.samples,
    suites.some((hash) => isProbePack(db, hash)) ? 1 : 0,
    firstCell,
    firstCell + run.variants.length * run.arms.length * run.samples * run.prompts.length - 1,
  )
  db.run('INSERT INTO execution (run_id) VALUES (?)', id)
  return runId(id)
}

/** In schedule order, so that a range of ids is a run, and the order of ids is the order of work. */
function insertCells(db: Database, id: RunId, { variants, arms, samples, prompts }: NewRun): void {
  let first = nextCell(db)
  for (const { index } of variants) {
    for (const arm of arms) {
      for (let sample = 0; sample < samples; sample += 1) {
        db.run(
          `INSERT INTO cell (id, run_id, variant_index, arm, sample, prompt_index)
           SELECT ? + position, run_id, ?, ?, ?, position FROM run_prompt WHERE run_id = ? ORDER BY position`,
          first,
          index,
          arm,
          sample,
          id,
        )
        first += prompts.length
      }
    }
  }
}

const nextCell = (db: Database): number =>
  1 + (db.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'cell'")?.seq ?? 0)

const isProbePack = (db: Database, hash: SuiteHash): boolean =>
  db.get<{ yes: number }>('SELECT is_probe_pack AS yes FROM suite WHERE hash = ?', hash)?.yes === 1

function findPrompt(db: Database, { suite, suiteName, promptId, contentHash }: NewRun['prompts'][number]): number {
  const sql = `SELECT prompt.id, prompt.content_hash AS contentHash FROM prompt
               JOIN suite ON suite.id = prompt.suite_id WHERE suite.hash = ? AND prompt.prompt_id = ?`
  const found = db.get<{ id: number; contentHash: string }>(sql, suite, promptId)
  if (found === null) {
    throw new LabError('NOT_FOUND', `The store has no prompt ${promptId} of suite ${suiteName}.`, {
      hint: 'Save the suite before a run of it.',
    })
  }
  if (found.contentHash !== contentHash) {
    throw new LabError('CONFLICT', `Prompt ${promptId} of suite ${suiteName} is not what the store has under its hash.`)
  }
  return found.id
}
