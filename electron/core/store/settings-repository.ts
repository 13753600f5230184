import type { Database } from './database.ts'
import { readJson } from './json-column.ts'
import type { SettingsRepository } from './store.ts'

export function settingsRepository(db: Database): SettingsRepository {
  return {
    get(key) {
      const row = db.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', key)
      return row === null ? undefined : readJson<unknown>(row.value)
    },
    set(key, value) {
      if (value === undefined) db.run('DELETE FROM setting WHERE key = ?', key)
      else db.run('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)', key, JSON.stringify(value))
    },
  }
}
