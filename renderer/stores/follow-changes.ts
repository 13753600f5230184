import type { ChangedThing } from '#shared/contract/changed-thing.ts'
import type { AppStore } from './app-store.ts'

/** Answers that are old once a thing has changed, by the beginning of their call's name. */
const answersAbout: Readonly<Record<ChangedThing, readonly string[]>> = {
  settings: ['settings.', 'engines.', 'variants.', 'catalogue.', 'lab.'],
  suites: ['suites.', 'runs.plan'],
  variants: ['variants.', 'catalogue.', 'engines.', 'runs.plan', 'lab.'],
  runs: ['runs.list', 'runs.get', 'runs.progress'],
  labels: ['refusals.', 'cells.', 'compare.', 'traces.', 'lab.info'],
  store: ['lab.'],
}

/** Asks anew for what another page has changed, until the connection is gone. */
export async function followChanges(store: AppStore): Promise<void> {
  try {
    for await (const things of store.lab['lab.changes']({})) {
      const starts = things.flatMap((thing) => answersAbout[thing])
      store.getState().invalidate((name) => starts.some((start) => name.startsWith(start)))
    }
  } catch {
    // The connection is gone: the status bar says so, and everything is asked for anew with the next one.
  }
}
