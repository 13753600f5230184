import type { RunId, SuiteHash } from '#shared/domain/ids.ts'
import type { HashedPrompt } from '#shared/domain/suite.ts'
import type { Database } from './database.ts'
import { readJson } from './json-column.ts'
import type { RunPrompt, RunRepository } from './store.ts'

type PromptMethods = Pick<RunRepository, 'prompt' | 'eachPrompt' | 'promptCount'>

interface PromptRow {
  readonly position: number
  readonly suite: SuiteHash
  readonly suiteName: string
  readonly body: string
}

const promptSql = `
  SELECT run_prompt.position, suite.hash AS suite, suite.name AS suiteName, prompt.body
  FROM run_prompt JOIN prompt ON prompt.id = run_prompt.prompt_id JOIN suite ON suite.id = prompt.suite_id`

const promptsAtOnce = 500

/** The prompts of a run one by one: a list of a hundred thousand is held by nobody who needs one at a time. */
export function promptMethods(db: Database): PromptMethods {
  return {
    prompt(id, promptIndex) {
      const row = db.get<PromptRow>(`${promptSql} WHERE run_id = ? AND run_prompt.position = ?`, id, promptIndex)
      return row === null ? null : readPrompt(row)
    },
    eachPrompt: (id) => eachPrompt(db, id),
    promptCount: (id) => db.get<{ n: number }>('SELECT count(*) AS n FROM run_prompt WHERE run_id = ?', id)?.n ?? 0,
  }
}

/** Reads in pages: no statement stays open between two prompts. */
function* eachPrompt(db: Database, id: RunId): Generator<RunPrompt> {
  const sql = `${promptSql} WHERE run_id = ? AND run_prompt.position > ? ORDER BY run_prompt.position LIMIT ?`
  for (let after = -1; ;) {
    const rows = db.all<PromptRow>(sql, id, after, promptsAtOnce)
    for (const row of rows) yield readPrompt(row)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.position
  }
}

const readPrompt = ({ suite: hash, suiteName: name, body }: PromptRow): RunPrompt => ({
  suite: { hash, name },
  prompt: readJson<HashedPrompt>(body),
})
