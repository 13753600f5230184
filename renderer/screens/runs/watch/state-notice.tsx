import { Play } from 'lucide-react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { CellCounts, RunState } from '#shared/domain/run.ts'
import { count } from '../../../format/numbers.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorNotice, Notice } from '../../../ui/region.tsx'

/** Why a run does not go on, what is kept, and the button that takes it up again. */
export function StateNotice({
  state,
  counts,
  error,
  waitingFor,
  busy,
  onResume,
}: {
  readonly state: RunState
  readonly counts: CellCounts
  readonly error: ErrorInfo | null
  readonly waitingFor: string | null
  readonly busy: boolean
  readonly onResume: () => void
}) {
  const resume = (
    <Button size="small" hotkey="Space" disabled={busy} onClick={onResume}>
      <Play aria-hidden /> Resume
    </Button>
  )
  const rest = `${count(counts.done)} cells are stored and stay; resuming runs exactly the missing ${count(counts.pending)}.`
  switch (state) {
    case 'planned':
      return <Notice kind="info" what="The run is about to start." />
    case 'running':
      return waitingFor === null ? null : (
        <Notice
          kind="info"
          what={`Watched from here: ${waitingFor}.`}
          why="Cells fill in as they end; the text they write is shown where they run. Pause and Cancel reach it within a second."
        />
      )
    case 'paused':
      return <Notice kind="info" what="The run is paused." why={rest} actions={resume} />
    case 'cancelled':
      return (
        <Notice
          kind="info"
          what="The run was cancelled."
          why={`${rest} What was being written then is kept and runs again.`}
          actions={resume}
        />
      )
    case 'interrupted':
      return (
        <Notice
          kind="warn"
          what="The run was interrupted: the process that ran it is gone without a word."
          why={rest}
          actions={resume}
        />
      )
    case 'failed':
      return error === null ? (
        <Notice what="The run ended before all of its cells had run." why={rest} actions={resume} />
      ) : (
        <ErrorNotice error={error} actions={resume} />
      )
    case 'done':
      return null
  }
}
