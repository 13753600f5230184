import { Ellipsis, Pause, Play, Square } from 'lucide-react'
import { useState } from 'react'
import type { CellCounts, Run, RunState } from '#shared/domain/run.ts'
import { count } from '../../../format/numbers.ts'
import { routeHash } from '../../../routing/route.ts'
import { go } from '../../../routing/use-route.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { restingStates } from '#shared/domain/words.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Menu, type MenuItem } from '../../../ui/menu.tsx'
import { ReportMenu } from '../../compare/report-menu.tsx'
import { DeleteRun } from '../delete-run.tsx'
import { repeatQuery } from '../setup/repeat-run.ts'
import type { RunActions } from '../../../stores/use-run-actions.ts'
import styles from './run-tools.module.css'

/** What can be done to the run now: stop it while it goes, take it up again, or see what it came to. */
export function RunTools({
  run,
  state,
  counts,
  details,
  actions,
  onRename,
  onSaid,
  onProblem,
}: {
  readonly run: Run
  readonly state: RunState
  readonly counts: CellCounts
  readonly details: boolean
  readonly actions: RunActions
  readonly onRename: () => void
  /** Told what an action came to, in a sentence. */
  readonly onSaid: (text: string | null) => void
  readonly onProblem: (error: ErrorInfo | null) => void
}) {
  const [asking, setAsking] = useState(false)
  const rests = restingStates.includes(state)
  const anything = counts.done > 0
  const regrade = () =>
    actions.regrade((changed) =>
      onSaid(
        changed === 0
          ? 'Graded and labelled anew: nothing changed.'
          : `Graded and labelled anew: ${count(changed)} ${changed === 1 ? 'cell' : 'cells'} changed.`,
      ),
    )
  const items: readonly MenuItem[] = [
    { key: 'repeat', label: 'Repeat this run', onChoose: () => go('runs', ['new'], repeatQuery(run)) },
    { key: 'rename', label: 'Rename', hint: 'F2', onChoose: onRename },
    {
      key: 'regrade',
      label: 'Grade and label anew',
      hint: 'from the stored texts',
      disabled: !rests || actions.busy,
      onChoose: regrade,
    },
    { key: 'delete', label: 'Delete', disabled: !rests, onChoose: () => setAsking(true) },
  ]
  return (
    <>
      {state === 'running' && (
        <>
          <Button size="small" hotkey="Space" disabled={actions.busy} onClick={actions.pause}>
            <Pause aria-hidden /> Pause
          </Button>
          <Button
            size="small"
            kind="danger"
            disabled={actions.busy}
            title="Stops now; what is stored stays and the run can be resumed"
            onClick={actions.cancel}
          >
            <Square aria-hidden /> Cancel
          </Button>
        </>
      )}
      {rests && counts.pending > 0 && (
        <Button size="small" kind="primary" hotkey="Space" disabled={actions.busy} onClick={() => actions.resume()}>
          <Play aria-hidden /> Resume
        </Button>
      )}
      {anything && !run.isProbeRun && (
        <LinkButton size="small" {...(state === 'done' && { kind: 'primary' })} href={routeHash('compare', [run.id])}>
          Compare
        </LinkButton>
      )}
      {anything && run.isProbeRun && (
        <LinkButton size="small" {...(state === 'done' && { kind: 'primary' })} href={routeHash('refusals', [run.id])}>
          Refusals
        </LinkButton>
      )}
      {anything && (
        <LinkButton size="small" className={styles['ifroom']} href={routeHash('traces', [run.id])}>
          Traces
        </LinkButton>
      )}
      <LinkButton
        size="small"
        kind="quiet"
        aria-current={details ? 'page' : undefined}
        href={routeHash('runs', details ? [run.id] : [run.id, 'details'])}
      >
        {details ? 'Lanes' : 'Details'}
      </LinkButton>
      {rests && anything && (
        <span className={styles['ifroom']}>
          <ReportMenu run={run.id} onProblem={onProblem} />
        </span>
      )}
      <Menu
        label="More for this run"
        items={items}
        trigger={
          <Button kind="quiet" size="small" aria-label="More for this run">
            <Ellipsis aria-hidden />
          </Button>
        }
      />
      <DeleteRun
        run={run}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => actions.remove(() => go('runs'))}
      />
    </>
  )
}
