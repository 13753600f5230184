import type { ChangedThing } from '#shared/contract/changed-thing.ts'
import type { Clock } from '../runs/run-deps.ts'
import type { LabSettings } from '../settings/lab-settings.ts'
import type { Store } from '../store/store.ts'
import type { Changes } from './changes.ts'

/** How often the store is looked at for what another process has written. */
const lookEveryMs = 1000

export interface ElsewhereDeps {
  readonly changes: Changes
  readonly store: Pick<Store, 'stamp' | 'writesElsewhere' | 'suites'>
  readonly settings: Pick<LabSettings, 'get' | 'setElsewhere'>
  readonly clock: Pick<Clock, 'sleep'>
  /** Ends all looking, before the store is closed. */
  readonly closed: AbortSignal
}

/**
 * The same changes, with what another process has written to the store: it can tell nobody, so it is looked for while somebody
 * watches. Runs are not among it: the pages look at them anyway.
 */
export function withElsewhere({ changes, store, settings, clock, closed }: ElsewhereDeps): Changes {
  const marks = (): Readonly<Partial<Record<ChangedThing, string>>> => ({
    settings: JSON.stringify(settings.get()),
    suites: store.suites
      .list()
      .map(({ hash }) => hash)
      .join(),
  })
  let seen = { stamp: store.stamp(), elsewhere: store.writesElsewhere(), marks: marks() }
  const look = () => {
    const [stamp, elsewhere] = [store.stamp(), store.writesElsewhere()]
    if (stamp === seen.stamp) return
    const before = seen
    seen = { stamp, elsewhere, marks: marks() }
    // What this process writes is told by the calls that write it.
    if (elsewhere === before.elsewhere) return
    const things = (['settings', 'suites'] as const).filter((thing) => before.marks[thing] !== seen.marks[thing])
    if (things.includes('settings')) settings.setElsewhere()
    if (things.length > 0) changes.tell(things)
  }
  const keepLooking = async (signal: AbortSignal) => {
    for (;;) {
      await clock.sleep(lookEveryMs, signal)
      if (signal.aborted) return
      try {
        look()
      } catch {
        // A store that cannot be read now says so to whoever asks it something; the next look may find it well again.
      }
    }
  }
  return {
    tell: (things) => changes.tell(things),
    async *watch(signal) {
      const left = new AbortController()
      void keepLooking(AbortSignal.any([signal, left.signal, closed]))
      try {
        yield* changes.watch(signal)
      } finally {
        left.abort()
      }
    },
  }
}
