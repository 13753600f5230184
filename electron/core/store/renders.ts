import type { Digest } from '#shared/domain/ids.ts'
import { LabError } from '#shared/domain/error.ts'
import type { Database } from './database.ts'
import { textHash } from './hash.ts'
import { packText } from './packed-text.ts'
import { readBlobText } from './read-blob.ts'
import type { RunRepository, StoredRender } from './store.ts'

type RenderMethods = Pick<RunRepository, 'putRenders' | 'render' | 'unrendered'>

interface RenderRow {
  readonly body: Uint8Array
  readonly by: StoredRender['by']
  readonly templateHash: Digest
}

export function renderMethods(db: Database): RenderMethods {
  return {
    putRenders: (id, renders) =>
      db.transaction(() => {
        for (const { promptIndex, text, by, templateHash } of renders) {
          const sql = `UPDATE run_prompt SET rendered_id = ?, rendered_by = ?, template_hash = ?
                       WHERE run_id = ? AND position = ?`
          const { changes } = db.run(sql, putRendered(db, text), by, templateHash, id, promptIndex)
          if (changes === 0) throw new LabError('NOT_FOUND', `Run ${id} has no prompt ${promptIndex}.`)
        }
      }),
    render(id, promptIndex) {
      const row = db.get<RenderRow>(
        `SELECT rendered.body, rendered_by AS by, template_hash AS templateHash
         FROM run_prompt JOIN rendered ON rendered.id = run_prompt.rendered_id WHERE run_id = ? AND position = ?`,
        id,
        promptIndex,
      )
      if (row === null) return null
      return { promptIndex, text: readBlobText(db, row.body), by: row.by, templateHash: row.templateHash }
    },
    unrendered(id) {
      const sql = 'SELECT position FROM run_prompt WHERE run_id = ? AND rendered_id IS NULL ORDER BY position'
      return db.all<{ position: number }>(sql, id).map(({ position }) => position)
    },
  }
}

/** The row of a text as it is sent, made on its first use. */
export function putRendered(db: Database, text: string): number {
  const hash = textHash(text)
  const known = db.get<{ id: number }>('SELECT id FROM rendered WHERE hash = ?', hash)
  return known?.id ?? db.run('INSERT INTO rendered (hash, body) VALUES (?, ?)', hash, packText(text)).id
}
