import { RotateCcw } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { count } from '../../../format/numbers.ts'
import { routeHash } from '../../../routing/route.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useAppStore, useLab } from '../../../stores/use-app.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/region.tsx'
import { groupErrors, whereText, type ErrorGroup } from './error-report.ts'

/** Kinds of failure that are told apart; the traces list all of them. */
const shownGroups = 2
const readCells = 300

/** What failed, why, and what is kept, where it happened; with the button that tries again. */
export function ErrorNotices({
  run,
  errors,
  names,
  running,
  onRetry,
}: {
  readonly run: number
  /** How many cells ended with an error. */
  readonly errors: number
  readonly names: ReadonlyMap<number, string>
  readonly running: boolean
  readonly onRetry: () => void
}) {
  const store = useAppStore()
  const page = dataOf(
    useLab('cells.page', errors === 0 ? null : { run, filter: { states: ['error'] }, limit: readCells }),
  )
  useEffect(() => {
    store.getState().invalidate((name, input) => name === 'cells.page' && isErrorsOf(input, run))
  }, [store, run, errors])
  const groups = useMemo(() => groupErrors(page?.rows ?? []), [page])
  if (errors === 0) return null
  const shown = groups.slice(0, shownGroups)
  const failed = groups.reduce((sum, { cells }) => sum + cells.length, 0)
  const retryable = page !== null && page.total > readCells ? page.total : failed
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
              <RotateCcw aria-hidden /> Retry {count(retryable)} {retryable === 1 ? 'error' : 'errors'}
            </Button>
          </>
        )
      }
    />
  ))
}

const isErrorsOf = (input: unknown, run: number): boolean => {
  const { run: of, filter } = input as {
    readonly run?: number
    readonly filter?: { readonly states?: readonly string[] }
  }
  return of === run && filter?.states?.[0] === 'error'
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
  const why = `${whereText(group)}. What was written is kept and counts as error, not as wrong.`
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
