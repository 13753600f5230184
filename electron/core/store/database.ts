import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { storeError } from './store-error.ts'

/** What a column may be bound to or read as. Booleans are 0 and 1. */
export type Value = SQLInputValue

export interface DatabaseOptions {
  readonly path: string
  /** How long a call waits for another process's write before STORE_LOCKED. */
  readonly busyTimeoutMs?: number
}

/** Statements with filters come in many shapes; the cache is emptied rather than grown beyond this. */
const maxStatements = 300

/**
 * One connection. Statements are prepared once, and every failure leaves it as a LabError where it is an expected one:
 * no repository meets SQLite's own errors. Rows are the lab's own and are typed by the caller, not parsed again.
 */
export class Database {
  readonly path: string
  readonly #connection: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor({ path, busyTimeoutMs = 5000 }: DatabaseOptions) {
    this.path = path
    this.#connection = this.#guard(() => new DatabaseSync(path, { timeout: busyTimeoutMs }))
  }

  /** Runs statements without parameters. */
  exec(sql: string): void {
    this.#guard(() => this.#connection.exec(sql))
  }

  run(sql: string, ...values: Value[]): { readonly changes: number; readonly id: number } {
    return this.#guard(() => {
      const { changes, lastInsertRowid } = this.#prepare(sql).run(...values)
      return { changes: Number(changes), id: Number(lastInsertRowid) }
    })
  }

  get<Row>(sql: string, ...values: Value[]): Row | null {
    return this.#guard(() => (this.#prepare(sql).get(...values) as Row | undefined) ?? null)
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all(...values) as Row[])
  }

  /**
   * Rows as arrays, one at a time: for results of a hundred thousand rows, where an object a row costs more than the
   * query. `read` must not use the database.
   */
  map<Row extends readonly unknown[], T>(sql: string, values: readonly Value[], read: (row: Row) => T): T[] {
    return this.#guard(() => {
      const statement = this.#connection.prepare(sql)
      statement.setReturnArrays(true)
      const out: T[] = []
      // An array a row, as setReturnArrays asks for; the types do not know of it.
      for (const row of statement.iterate(...values)) out.push(read(row as unknown as Row))
      return out
    })
  }

  /** All or nothing. Takes the write lock at once, so that what was read inside is still true when it is written. */
  transaction<T>(action: () => T): T {
    if (this.#connection.isTransaction) return action()
    this.exec('BEGIN IMMEDIATE')
    try {
      const result = action()
      this.exec('COMMIT')
      return result
    } catch (error) {
      // SQLite has rolled back by itself where the disk was full.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK')
      throw error
    }
  }

  pragma(name: string): number {
    const row = this.get<Record<string, number>>(`PRAGMA ${name}`)
    return Object.values(row ?? {})[0] ?? 0
  }

  close(): void {
    if (!this.#connection.isOpen) return
    this.#statements.clear()
    this.#guard(() => this.#connection.close())
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    if (this.#statements.size >= maxStatements) this.#statements.clear()
    const statement = this.#connection.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #guard<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      throw storeError(error, this.path)
    }
  }
}
