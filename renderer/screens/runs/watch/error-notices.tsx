import { RotateCcw } from 'lucide-react'
import { count } from '../../../format/numbers.ts'
import { routeHash } from '../../../routing/route.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/region.tsx'
import { whereText, type ErrorGroup } from './error-report.ts'
import type { Failures } from './use-failures.ts'

/** Kinds of failure that are told apart; the traces list all of them. */
const shownGroups = 2

/** What failed, why, and what is kept, where it happened; with the button that tries again. */
export function ErrorNotices({
  run,
  failures,
  names,
  running,
  onRetry,
}: {
  readonly run: number
  readonly failures: Failures
  readonly names: ReadonlyMap<number, string>
  readonly running: boolean
  readonly onRetry: () => void
}) {
  const { groups, failed } = failures
  if (failed === 0) return null
  const shown = groups.slice(0, shownGroups)
  return shown.map((group, index) => (
    <GroupNotice
      key={`${group.variantIndex} ${group.code}`}
      group={group}
      name={names.get(group.variantIndex) ?? ''}
      actions={
        index === 0 && (
          <>
            <LinkButton size="small" href={routeHash('traces', [run], { state: 'error' })}>
              Show
            </LinkButton>
            <Button
              size="small"
              hotkey="e"
              disabled={running}
              title={running ? 'When the run has ended or is paused' : undefined}
              onClick={onRetry}
            >
              <RotateCcw aria-hidden /> Retry {count(failed)} {failed === 1 ? 'error' : 'errors'}
            </Button>
          </>
        )
      }
    />
  ))
}

function GroupNotice({
  group,
  name,
  actions,
}: {
  readonly group: ErrorGroup
  readonly name: string
  readonly actions: React.ReactNode
}) {
  const [first] = group.cells
  const trace = dataOf(useLab('cells.trace', first === undefined ? null : { cell: first.id }))
  const n = group.cells.length
  const reason = trace?.error?.message ?? group.code
  const what = `${count(n)} ${n === 1 ? 'cell' : 'cells'} of ${name} failed: ${reason}`
  const why = `${whereText(group)}: counted as error, not as wrong.`
  const hint = trace?.error?.hint ?? null
  return (
    <Notice
      what={what}
      why={hint === null ? why : `${why} ${hint}`}
      actions={actions}
      copy={`${group.code}: ${what}\n${why}`}
    />
  )
}
