import { useMemo } from 'react'
import type { SuiteHash } from '#shared/domain/ids.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { saveFile } from '../../client/save-file.ts'
import { go } from '../../routing/use-route.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { useAppStore } from '../../stores/use-app.ts'
import { addressOf, shortHash } from './suite-address.ts'

export type ExportFormat = 'yaml' | 'json' | 'jsonl' | 'csv'

export interface SuiteActions {
  /** Keeps what `make` keeps in the lab; what was not there before can be taken back, and then `undone` is told. */
  keep<Kept extends SuiteSummary>(make: () => Promise<Kept>, undone?: () => void): Promise<Kept>
  /** A copy, opened in the editor. */
  duplicate(suite: SuiteSummary): Promise<void>
  remove(suite: SuiteSummary): Promise<void>
  restore(hash: SuiteHash): Promise<void>
  exportAs(hash: SuiteHash, format: ExportFormat): Promise<void>
}

/** What the screen does to suites. Everything that changes the list can be taken back. */
export function useSuiteActions(): SuiteActions {
  const store = useAppStore()
  return useMemo(() => suiteActions(store), [store])
}

function suiteActions(store: AppStore): SuiteActions {
  const { lab } = store
  const refresh = () => store.getState().invalidate((name) => name.startsWith('suites.'))
  const actions: SuiteActions = {
    async keep(make, undone) {
      const before = new Set((await lab['suites.list']({})).map(({ hash }) => hash))
      const kept = await make()
      refresh()
      if (before.has(kept.hash)) return kept
      store.getState().offerUndo(`${kept.name} is saved as ${shortHash(kept.hash)}.`, async () => {
        await lab['suites.delete']({ suite: kept.hash })
        refresh()
        if (undone === undefined) go('suites')
        else undone()
      })
      return kept
    },
    async duplicate({ hash }) {
      const copy = await actions.keep(
        () => lab['suites.duplicate']({ suite: hash }),
        () => go('suites', [addressOf(hash)]),
      )
      go('suites', [addressOf(copy.hash), 'edit'])
    },
    async remove({ hash, name }) {
      await lab['suites.delete']({ suite: hash })
      refresh()
      go('suites')
      store.getState().offerUndo(`${name} is deleted. Runs that used it keep it.`, async () => {
        await actions.restore(hash)
        go('suites', [addressOf(hash)])
      })
    },
    async restore(hash) {
      await lab['suites.restore']({ suite: hash })
      refresh()
    },
    async exportAs(hash, format) {
      const { fileName, mediaType, text } = await lab['suites.export']({ suite: hash, format })
      saveFile({ fileName, mediaType, content: text })
    },
  }
  return actions
}
