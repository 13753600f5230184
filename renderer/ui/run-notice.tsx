import { Play } from 'lucide-react'
import { countText } from '#shared/domain/figures.ts'
import type { Run, RunState } from '#shared/domain/run.ts'
import { restingStates } from '#shared/domain/words.ts'
import { useRunActions } from '../stores/use-run-actions.ts'
import { useRunFigures } from '../stores/use-run-figures.ts'
import { Button, LinkButton } from './button.tsx'
import { ErrorNotice, Notice } from './region.tsx'

const stopped: Partial<Record<RunState, string>> = {
  planned: 'This run has not begun.',
  paused: 'This run is paused.',
  cancelled: 'This run was cancelled.',
  interrupted: 'This run was interrupted.',
  failed: 'This run failed.',
}

export interface RunNoticeProps {
  readonly run: Run
  /** How the names of the calls begin that give the figures below: they are read again while the run goes. */
  readonly calls: string
  /** What to know of the figures while the run goes. */
  readonly whileGoing: string
  /** What becomes of cells that ended with an error. */
  readonly ofErrors: string
  /** Whether there are any figures below. */
  readonly figures: boolean
}

/** Where the run of these figures stands, when it is not simply done: what that means for them, and what to do. */
export function RunNotice({ run, calls, whileGoing, ofErrors, figures }: RunNoticeProps) {
  const live = useRunFigures(run, calls)
  const counts = live?.counts ?? run.counts
  return (
    <>
      {run.state === 'running' ? (
        <Notice
          kind="info"
          what={`This run is going: ${countText(counts.done + counts.error)} of ${countText(counts.total)} cells.`}
          why={whileGoing}
          actions={<RunLink run={run.id} label="Watch" />}
        />
      ) : (
        <Stopped run={run} missing={counts.pending + counts.running} figures={figures} />
      )}
      {counts.error > 0 && (
        <Notice
          kind="warn"
          what={`${countText(counts.error)} ${counts.error === 1 ? 'cell' : 'cells'} ended with an error.`}
          why={ofErrors}
          actions={<RunLink run={run.id} label="Show and retry" />}
        />
      )}
    </>
  )
}

const RunLink = ({ run, label }: { readonly run: number; readonly label: string }) => (
  <LinkButton size="small" href={`#/runs/${run}`}>
    {label}
  </LinkButton>
)

function Stopped({ run, missing, figures }: Pick<RunNoticeProps, 'run' | 'figures'> & { readonly missing: number }) {
  const actions = useRunActions(run.id)
  const why = stopped[run.state]
  if (missing === 0 || why === undefined) return null
  return (
    <>
      <Notice
        kind="warn"
        what={`${why} ${countText(missing)} of ${countText(run.counts.total)} cells are missing.`}
        why={run.error?.message ?? (figures ? 'The figures are of the cells that are there.' : null)}
        actions={
          <>
            <RunLink run={run.id} label="Open the run" />
            {restingStates.includes(run.state) && (
              <Button size="small" disabled={actions.busy} onClick={() => actions.resume()}>
                <Play aria-hidden /> Resume
              </Button>
            )}
          </>
        }
      />
      {actions.problem !== null && <ErrorNotice error={actions.problem} />}
    </>
  )
}
