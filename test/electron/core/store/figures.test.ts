import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import type { CellSort } from '#core/store/store.ts'
import { addRun, tempFolder } from './store-fixtures.ts'

const cells = 100_000
const prompts = 5000

/** Fills the light rows as a finished run would have them. Their texts play no part in these figures. */
const finish = `
  UPDATE cell SET state = iif(id % 97 = 0, 'error', 'done'), think_state = iif(id % 5 = 0, 'skipped', 'normal'),
    end_reason = 'stop', graded = 1, correct = id % 3 = 0, outcome = iif(id % 2 = 0, 'complied', 'refused'),
    needs_review = id % 50 = 0, prompt_tokens = 50, tokens = id * 7919 % 2000, thinking_tokens = id * 31 % 1000,
    first_token_ms = id * 17 % 10000 / 100.0, generate_ms = id * 13 % 100000 / 10.0 + 1, total_ms = 100.5,
    raw_hash = printf('%032x', id)`

it('prints what reading a run of 100 000 cells takes', () => {
  const { storePath, remove } = tempFolder()
  const store = openStore({ path: storePath })
  const figures: string[] = []
  const timed = <T>(name: string, action: () => T): T => {
    const fromMs = performance.now()
    const result = action()
    figures.push(`${name.padEnd(34)} ${(performance.now() - fromMs).toFixed(1).padStart(8)} ms`)
    return result
  }
  const variants = Array.from({ length: cells / prompts }, (_, index) => `V${index}`)
  const run = timed('create the run', () => addRun(store, { prompts, variants }))
  const db = new DatabaseSync(storePath)
  db.exec(finish)
  db.close()

  const first = timed('first 50 rows', () => store.cells.page(run, { offset: 0, limit: 50 }))
  expect(first.total).toBe(cells)
  expect(first.rows).toHaveLength(50)
  timed('last 50 rows', () => store.cells.page(run, { offset: cells - 50, limit: 50 }))
  for (const sort of ['tokens', 'tokensPerSecond', 'promptId', 'outcome'] as const satisfies readonly CellSort[]) {
    timed(`first 50 rows by ${sort}`, () => store.cells.page(run, { sort, descending: true, offset: 0, limit: 50 }))
  }
  const filter = { outcomes: ['refused'], correct: true } as const
  timed('first 50 refused and right', () => store.cells.page(run, { filter, offset: 0, limit: 50 }))
  const facts = timed('facts', () => store.cells.facts(run))
  expect(facts).toHaveLength(cells)
  const grid = timed('grid', () => store.cells.grid(run))
  expect(grid).toHaveLength(cells)
  const counts = timed('counts', () => store.cells.counts(run))
  expect(counts).toMatchObject({ total: cells, done: cells - counts.error, error: Math.floor(cells / 97) })
  timed('list of runs', () => store.runs.list())
  timed('delete the run', () => store.runs.delete(run))
  store.close()
  remove()
  console.log(`${cells} cells\n${figures.join('\n')}`)
})
