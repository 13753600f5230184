import type { RunSummary } from '#shared/domain/run.ts'
import { count } from '../../format/numbers.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

/** Asks before a run goes for good: it cannot be made again, only repeated. */
export function DeleteRun({
  run,
  open,
  onConfirm,
  onClose,
}: {
  readonly run: RunSummary
  readonly open: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const { done, error } = run.counts
  return (
    <ConfirmDialog
      open={open}
      question={`Delete run ${run.id} “${run.name}”?`}
      consequence={`Its ${count(done + error)} generations with their traces, grades and labels go for good. Suites and variants stay, so that it can be run again.`}
      action="Delete run"
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
