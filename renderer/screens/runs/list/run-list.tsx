import { useMemo, useState } from 'react'
import type { RunSummary } from '#shared/domain/run.ts'
import { restingStates } from '#shared/domain/words.ts'
import { count } from '../../../format/numbers.ts'
import { routeHash, type Route } from '../../../routing/route.ts'
import { go, refine } from '../../../routing/use-route.ts'
import { TopBar } from '../../../shell/topbar.tsx'
import { useActions } from '../../../actions/use-actions.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/controls.tsx'
import { DataGrid } from '../../../ui/data-grid.tsx'
import { sortRows } from '../../../ui/grid-column.ts'
import { useSorting } from '../../../ui/use-sorting.ts'
import { Bones, EmptyState, ErrorNotice } from '../../../ui/region.tsx'
import { DeleteRun } from '../delete-run.tsx'
import { RenameField } from '../rename-field.tsx'
import { useRunActions, type RunActions } from '../../../stores/use-run-actions.ts'
import styles from './list.module.css'
import { findRuns, runColumns } from './run-columns.tsx'

/** Every run there is, newest first, with what can be done to the selected one. */
export function RunList({ route }: { readonly route: Route }) {
  const answer = useLab('runs.list', {})
  const runs = dataOf(answer)
  const { search = '', run: selectedId } = route.query
  return (
    <>
      <TopBar
        title="Runs"
        actions={
          <LinkButton kind="primary" size="small" href={routeHash('runs', ['new'])}>
            New run
          </LinkButton>
        }
      />
      <div className={styles['view']}>
        {runs === null ? (
          answer.status === 'failed' ? (
            <ErrorNotice error={answer.error} />
          ) : (
            <Bones rows={10} />
          )
        ) : runs.length === 0 ? (
          <NoRuns />
        ) : (
          <Listed runs={runs} asked={selectedId} search={search} />
        )}
      </div>
    </>
  )
}

function NoRuns() {
  return (
    <EmptyState
      what="Nothing has run yet."
      actions={
        <>
          <LinkButton kind="primary" href={routeHash('runs', ['new'])}>
            Set up a run
          </LinkButton>
          <LinkButton href={routeHash('bench')}>Compare the specimen’s precisions</LinkButton>
        </>
      }
    >
      A run puts every prompt of its suites to every variant and keeps what they wrote. Here stand all runs with their
      state; opening one watches it, or shows what it left behind.
    </EmptyState>
  )
}

interface ListedProps {
  readonly runs: readonly RunSummary[]
  /** The run that is selected, as the address says it. */
  readonly asked: string | undefined
  readonly search: string
}

const newestFirst = { by: 'id', descending: true }

function Listed({ runs: all, asked, search }: ListedProps) {
  const order = useSorting({ own: newestFirst })
  const selected = findRuns(all, search).find(({ id }) => String(id) === asked)
  const actions = useRunActions(selected?.id ?? 0)
  const [renaming, setRenaming] = useState<number | null>(null)
  const { rename } = actions
  const columns = useMemo(
    () =>
      runColumns((run) =>
        run.id === renaming ? (
          <RenameField name={run.name} onRename={(name) => rename(name, run.name)} onClose={() => setRenaming(null)} />
        ) : null,
      ),
    [renaming, rename],
  )
  const runs = useMemo(
    () => sortRows(findRuns(all, search), columns, order.sorting),
    [all, search, columns, order.sorting],
  )
  const at = runs.findIndex(({ id }) => String(id) === asked)
  return (
    <div className={styles['list']}>
      <div className={styles['tools']}>
        <SearchField
          label="Search runs"
          value={search}
          onChange={(text) => refine({ search: text })}
          count={search === '' ? count(all.length) : `${count(runs.length)} of ${count(all.length)}`}
        />
        <ForSelected run={selected} actions={actions} onRename={() => setRenaming(selected?.id ?? null)} />
      </div>
      <div>{actions.problem !== null && <ErrorNotice error={actions.problem} />}</div>
      <DataGrid
        label="Runs"
        name="runs"
        main
        columns={columns}
        total={runs.length}
        row={(index) => runs[index]}
        selected={at === -1 ? null : at}
        onSelect={(index) => refine({ run: runs[index]?.id })}
        onOpen={(index) => {
          const run = runs[index]
          if (run !== undefined && run.id !== renaming) go('runs', [run.id])
        }}
        {...order}
        empty={
          <EmptyState
            what={`No run matches “${search}”.`}
            actions={<Button onClick={() => refine({ search: undefined })}>Show all runs</Button>}
          />
        }
      />
    </div>
  )
}

/** What can be done to the selected run, beside the keys that do it. */
function ForSelected({
  run,
  actions,
  onRename,
}: {
  readonly run: RunSummary | undefined
  readonly actions: RunActions
  readonly onRename: () => void
}) {
  const [asking, setAsking] = useState(false)
  const rests = run !== undefined && restingStates.includes(run.state)
  const resumable = rests && run.counts.pending > 0
  useActions('runs', {
    resume: resumable && !actions.busy ? () => actions.resume() : undefined,
    rename: run === undefined ? undefined : onRename,
    delete: rests ? () => setAsking(true) : undefined,
  })
  return (
    <div className="row end">
      <Button size="small" hotkey="Enter" disabled={run === undefined} onClick={() => run && go('runs', [run.id])}>
        Open
      </Button>
      <Button size="small" disabled={!resumable || actions.busy} onClick={() => actions.resume()}>
        Resume
      </Button>
      <Button size="small" hotkey="F2" disabled={run === undefined} onClick={onRename}>
        Rename
      </Button>
      <Button
        size="small"
        kind="danger"
        hotkey="Del"
        disabled={!rests}
        title={run !== undefined && !rests ? 'Cancel the run first' : undefined}
        onClick={() => setAsking(true)}
      >
        Delete
      </Button>
      {run !== undefined && (
        <DeleteRun
          run={run}
          open={asking}
          onClose={() => setAsking(false)}
          onConfirm={() => actions.remove(() => refine({ run: undefined }))}
        />
      )}
    </div>
  )
}
