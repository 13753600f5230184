import type { PromptView } from '#shared/contract/views.ts'
import { Badge } from '../../ui/badge.tsx'

type Graded = Pick<PromptView['cells'][number], 'cell' | 'grade'>

/** Right, wrong, or why there is no grade: a failure is never a wrong answer. */
export function GradeBadge({ cell: { cell, grade } }: { readonly cell: Graded }) {
  if (cell.state === 'error') return <Badge tone="bad">error</Badge>
  if (cell.state !== 'done') return <Badge>not run</Badge>
  if (grade?.kind === 'ungradable')
    return (
      <Badge tone="warn" title={grade.reason}>
        not gradable
      </Badge>
    )
  return <RightOrWrong correct={cell.correct} />
}

export function RightOrWrong({ correct }: { readonly correct: boolean | null }) {
  if (correct === null) return <Badge title="No grader, or nothing that could be graded">no grade</Badge>
  return <Badge tone={correct ? 'ok' : 'bad'}>{correct ? 'right' : 'wrong'}</Badge>
}
