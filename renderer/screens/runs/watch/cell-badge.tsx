import type { Cell } from '#shared/domain/run.ts'
import { isCutOff } from '#shared/domain/words.ts'
import { Badge, LabelTile } from '../../../ui/badge.tsx'

/** What a cell came to: its grade, its label, or why it has neither. */
export function CellBadge({ cell }: { readonly cell: Cell }) {
  if (cell.state === 'error') {
    return (
      <Badge tone="bad" {...(cell.errorCode !== null && { title: cell.errorCode })}>
        error
      </Badge>
    )
  }
  if (isCutOff(cell)) return <Badge title="Resuming the run runs it again.">cut off</Badge>
  if (cell.outcome !== null) return <LabelTile outcome={cell.outcome} />
  if (cell.correct === true) return <Badge tone="ok">right</Badge>
  if (cell.endReason === 'length') return <Badge tone="warn">budget-cut</Badge>
  if (cell.correct === false) return <Badge tone="bad">wrong</Badge>
  return <Badge title="There is no grader, or nothing that could be graded.">not graded</Badge>
}
