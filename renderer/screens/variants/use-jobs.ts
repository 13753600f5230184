import type { JobRequest } from '../../stores/jobs-slice.ts'
import { useAppStore } from '../../stores/use-app.ts'

/** What is started, stopped and forgotten from this screen. */
export interface JobActions {
  readonly start: (request: JobRequest) => number
  readonly cancel: (id: number) => void
  readonly dismiss: (id: number) => void
}

export function useJobActions(): JobActions {
  const { startJob, cancelJob, dismissJob } = useAppStore().getState()
  return { start: startJob, cancel: cancelJob, dismiss: dismissJob }
}
