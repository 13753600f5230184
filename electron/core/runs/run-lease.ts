import { LabError } from '#shared/domain/error.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { RunRepository } from '../store/store.ts'
import type { Clock } from './run-deps.ts'

/** A lease lives this long without being renewed. */
const leaseTtlMs = 10_000
const renewEveryMs = 1000

export interface LeaseOptions {
  readonly runs: RunRepository
  readonly run: RunId
  readonly owner: string
  readonly clock: Clock
  readonly isGone: (owner: string) => boolean
  /** Called once when the lease is lost: the executor has to stop at once. */
  readonly onLost: (error: LabError) => void
  /** Called when another process wishes the run to pause or to be cancelled. */
  readonly onWish: (wish: 'pause' | 'cancel') => void
}

/**
 * Takes the right to execute a run and keeps it until released. Renewing also books the time that was executed, so
 * that a crash loses no more than one interval of it.
 * @throws LabError RUN_LEASED when another process executes it
 */
export function holdLease(options: LeaseOptions): { release(): void } {
  const { runs, run, owner, clock, onLost, onWish } = options
  dropDeadLease(options)
  if (!runs.takeLease(run, owner, clock.now(), leaseTtlMs)) {
    throw new LabError('RUN_LEASED', `Run ${run} is being executed by another process.`, {
      hint: 'Watch it, or wait until that process has ended.',
    })
  }
  runs.setWish(run, null)
  let bookedMs = clock.monotonic()
  const book = () => {
    const nowMs = clock.monotonic()
    runs.addActiveMs(run, nowMs - bookedMs)
    bookedMs = nowMs
  }
  const renew = () => {
    try {
      if (!runs.renewLease(run, owner, clock.now(), leaseTtlMs)) {
        clearInterval(timer)
        return onLost(new LabError('RUN_LEASED', `Another process has taken over run ${run}.`))
      }
      book()
      const wish = runs.wish(run)
      if (wish !== null) {
        runs.setWish(run, null)
        onWish(wish)
      }
    } catch (error) {
      clearInterval(timer)
      onLost(
        error instanceof LabError
          ? error
          : new LabError('STORE_LOCKED', 'The lease could not be renewed.', { cause: error }),
      )
    }
  }
  const timer = setInterval(renew, renewEveryMs)
  return {
    release() {
      clearInterval(timer)
      book()
      runs.releaseLease(run, owner)
    },
  }
}

/** Whether somebody executes the run: a lease that has not lapsed, of an executor that is not known to be gone. */
export function isExecuted({
  runs,
  run,
  clock,
  isGone,
}: Pick<LeaseOptions, 'runs' | 'run' | 'clock' | 'isGone'>): boolean {
  const lease = runs.lease(run)
  return lease !== null && lease.expiresAtMs >= clock.now() && !isGone(lease.owner)
}

function dropDeadLease({ runs, run, isGone }: LeaseOptions): void {
  const lease = runs.lease(run)
  if (lease !== null && isGone(lease.owner)) runs.releaseLease(run, lease.owner)
}
