import type { ErrorInfo } from '#shared/domain/error.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { RunDeps } from './run-deps.ts'

const tryEveryMs = 2000

export interface LateRest {
  /** No more tries: `said` where the run goes on, and so has nothing to say; else a last one is made. */
  end(said: boolean): void
}

/**
 * A run that stopped because nothing can be written (a full disk) cannot store that either. It is tried until it works, so
 * that the run says why it rests once there is room again; until then it is shown as interrupted.
 * @param onStored called when it is stored, or is no longer this process's to say
 */
export function restLater(deps: RunDeps, id: RunId, error: ErrorInfo, onStored: () => void): LateRest | null {
  if (isSaid(deps, id, error)) return null
  const attempt = () => {
    if (!isSaid(deps, id, error)) return
    clearInterval(timer)
    onStored()
  }
  const timer = setInterval(attempt, tryEveryMs)
  timer.unref()
  return {
    end(said) {
      clearInterval(timer)
      if (!said) isSaid(deps, id, error)
    },
  }
}

/** Another process may have taken the run over, or deleted it: then it is that one's. */
function isSaid({ store, owner }: RunDeps, id: RunId, error: ErrorInfo): boolean {
  try {
    const lease = store.runs.lease(id)
    const isOurs = lease === null || lease.owner === owner
    if (!isOurs || store.runs.get(id)?.state !== 'running') return true
    store.runs.setState(id, 'failed', error)
    store.runs.releaseLease(id, owner)
    return true
  } catch {
    return false
  }
}
