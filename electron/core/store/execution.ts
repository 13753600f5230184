import type { RunId } from '#shared/domain/ids.ts'
import type { Database } from './database.ts'
import { noRun } from './no-run.ts'
import type { RunRepository } from './store.ts'

type ExecutionMethods = Pick<
  RunRepository,
  'addActiveMs' | 'takeLease' | 'renewLease' | 'releaseLease' | 'lease' | 'setWish' | 'wish'
>

interface ExecutionRow {
  readonly owner: string | null
  readonly expires_at_ms: number
  readonly wish: 'pause' | 'cancel' | null
}

/** Who executes a run, for how long it has, and what others wish of it. Each call is one statement, so it is atomic. */
export function executionMethods(db: Database): ExecutionMethods {
  const row = (id: RunId) =>
    db.get<ExecutionRow>('SELECT owner, expires_at_ms, wish FROM execution WHERE run_id = ?', id)
  const mustExist = (id: RunId) => {
    if (row(id) === null) throw noRun(id)
  }
  return {
    addActiveMs(id, ms) {
      db.run('UPDATE execution SET active_ms = active_ms + ? WHERE run_id = ?', ms, id)
    },
    takeLease(id, owner, nowMs, ttlMs) {
      mustExist(id)
      const sql = `UPDATE execution SET owner = ?1, expires_at_ms = ?2
                   WHERE run_id = ?3 AND (owner IS NULL OR owner = ?1 OR expires_at_ms <= ?4)`
      return db.run(sql, owner, nowMs + ttlMs, id, nowMs).changes === 1
    },
    renewLease(id, owner, nowMs, ttlMs) {
      const sql = 'UPDATE execution SET expires_at_ms = ? WHERE run_id = ? AND owner = ?'
      return db.run(sql, nowMs + ttlMs, id, owner).changes === 1
    },
    releaseLease(id, owner) {
      db.run('UPDATE execution SET owner = NULL, expires_at_ms = 0 WHERE run_id = ? AND owner = ?', id, owner)
    },
    lease(id) {
      const found = row(id)
      return found === null || found.owner === null ? null : { owner: found.owner, expiresAtMs: found.expires_at_ms }
    },
    setWish(id, wish) {
      mustExist(id)
      db.run('UPDATE execution SET wish = ? WHERE run_id = ?', wish, id)
    },
    wish: (id) => row(id)?.wish ?? null,
  }
}
