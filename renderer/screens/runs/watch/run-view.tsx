import { useEffect, useMemo, useState } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { restingStates } from '#shared/domain/words.ts'
import { routeHash, type Route } from '../../../routing/route.ts'
import { TopBar } from '../../../shell/topbar.tsx'
import { useActions } from '../../../actions/use-actions.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { Bones, ErrorNotice, Notice } from '../../../ui/region.tsx'
import { RenameField } from '../rename-field.tsx'
import { useRunActions, type RunActions } from '../../../stores/use-run-actions.ts'
import { CellsRegion } from './cells-region.tsx'
import { ErrorNotices } from './error-notices.tsx'
import { Lanes } from './lanes.tsx'
import { follow, hold, PromptBar } from './prompt-bar.tsx'
import { RunDetails } from './run-details.tsx'
import { rowOf, type RunGrid } from './run-grid.ts'
import { RunProgress } from './run-progress.tsx'
import { RunTools } from './run-tools.tsx'
import { countsByCells, progressByCells } from './standing.ts'
import { StateNotice } from './state-notice.tsx'
import { heldFocus, useFocus, type Focus } from './use-focus.ts'
import { usePrompt } from './use-prompt.ts'
import { useFailures, type Failures } from './use-failures.ts'
import { useRunGrid } from './use-run-grid.ts'
import { useWatchedRun, type WatchedRun } from './use-watched-run.ts'
import styles from './run-view.module.css'

const path = [{ label: 'Runs', href: routeHash('runs') }]

/** A run while it goes, and what it left behind: the same page. */
export function RunView({ id, route }: { readonly id: number; readonly route: Route }) {
  const watched = useWatchedRun(id)
  const { answer, run } = watched
  if (run === null) {
    return (
      <>
        <TopBar path={path} title={`Run ${id}`} />
        <div className={styles['view']}>
          {answer.status === 'failed' ? (
            <ErrorNotice
              error={answer.error}
              actions={
                <LinkButton size="small" href={routeHash('runs')}>
                  All runs
                </LinkButton>
              }
            />
          ) : (
            <Bones rows={8} />
          )}
        </div>
      </>
    )
  }
  return <Watched watched={{ ...watched, run }} route={route} />
}

type Known = WatchedRun & { readonly run: NonNullable<WatchedRun['run']> }

function Watched({ watched: told, route }: { readonly watched: Known; readonly route: Route }) {
  const { run, state, live, names, now } = told
  const { grid, error: gridError } = useRunGrid(run.id, live)
  const watched = useMemo(() => byCells(told, grid), [told, grid])
  const { counts, progress } = watched
  const actions = useRunActions(run.id)
  const [renaming, setRenaming] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const details = route.path[1] === 'details'
  const running = state === 'running'
  const failures = useFailures(run.id, counts.error)
  const held = heldFocus(route.query, run, grid?.columns ?? Number.POSITIVE_INFINITY)
  const { focused, prompt } = usePrompt(run.id, useFocus(held, live, firstFocus(run)), live)
  const { focus } = focused
  const maxHeight = useCellsHeight(details)

  useWatchKeys({ watched, actions, focus, held: held !== null, details, onRename: () => setRenaming(true) })
  return (
    <>
      <TopBar
        path={[...path, { label: String(run.id), href: routeHash('runs', [run.id]) }]}
        title={run.name}
        actions={
          <>
            {renaming && (
              <RenameField
                name={run.name}
                onRename={(name) => actions.rename(name, run.name)}
                onClose={() => setRenaming(false)}
              />
            )}
            <RunTools
              run={run}
              state={state}
              counts={counts}
              details={details}
              actions={actions}
              onRename={() => setRenaming(true)}
              onSaid={setSaid}
              onProblem={setProblem}
            />
          </>
        }
      />
      <div className={styles['view']}>
        <div className={styles['run']}>
          <RunProgress
            counts={counts}
            state={state}
            activeSeconds={live?.activeSeconds ?? run.activeSeconds}
            plan={run.plan}
            variants={progress}
            names={names}
            now={now}
          />
          <div>
            {grid === null ? (
              gridError === null ? (
                <Bones rows={3} />
              ) : (
                <ErrorNotice error={gridError} />
              )
            ) : (
              <Cells
                watched={watched}
                grid={grid}
                focus={details ? null : focus}
                held={held !== null}
                maxHeight={maxHeight}
              />
            )}
          </div>
          <Notices
            watched={watched}
            actions={actions}
            failures={failures}
            said={said}
            problem={problem}
            onRetry={() => actions.resume({ errors: true })}
          />
          {details ? (
            <>
              <span />
              <RunDetails run={run} />
            </>
          ) : (
            <>
              <PromptBar
                prompt={prompt}
                total={grid?.columns ?? prompt?.total ?? null}
                focus={focus}
                held={held !== null}
                running={running}
              />
              <Lanes
                run={run}
                state={state}
                names={names}
                live={live}
                progress={progress}
                grid={grid}
                prompt={prompt}
                focused={focused}
              />
            </>
          )}
        </div>
      </div>
    </>
  )
}

/** The keys of the page: what can be done to the run as it stands, and which prompt is shown. */
function useWatchKeys({
  watched: { state, counts },
  actions,
  focus,
  held,
  details,
  onRename,
}: {
  readonly watched: Known
  readonly actions: RunActions
  readonly focus: Focus
  readonly held: boolean
  readonly details: boolean
  readonly onRename: () => void
}): void {
  const running = state === 'running'
  const rests = restingStates.includes(state)
  const resumable = rests && (counts.pending > 0 || state === 'failed')
  useActions('run', {
    pause: running ? actions.pause : undefined,
    resume: resumable ? () => actions.resume() : undefined,
    cancel: running ? actions.cancel : undefined,
    retry: rests && counts.error > 0 ? () => actions.resume({ errors: true }) : undefined,
    follow: running ? () => (held ? follow() : hold(focus)) : undefined,
    previous: details ? undefined : () => hold({ ...focus, promptIndex: Math.max(0, focus.promptIndex - 1) }),
    next: details ? undefined : () => hold({ ...focus, promptIndex: focus.promptIndex + 1 }),
    rename: onRename,
  })
}

/** All figures of the page from the cells as they are drawn: what is told of them in between would say something else. */
function byCells(told: Known, grid: RunGrid | null): Known {
  const progress = told.live?.variants ?? told.progress
  return {
    ...told,
    counts: countsByCells(told.counts, grid),
    progress: progress === null ? null : progressByCells(progress, grid),
  }
}

/** What stands in the way, what failed, and what an action came to. */
function Notices({
  watched,
  actions,
  failures,
  said,
  problem,
  onRetry,
}: {
  readonly watched: Known
  readonly actions: RunActions
  readonly failures: Failures
  readonly said: string | null
  readonly problem: ErrorInfo | null
  readonly onRetry: () => void
}) {
  const { run, state, counts, live, names } = watched
  const problems = [actions.problem, problem, live?.problem ?? null].filter((one) => one !== null)
  return (
    <div className={styles['notices']}>
      {problems.map((one) => (
        <ErrorNotice key={`${one.code} ${one.message}`} error={one} />
      ))}
      {said !== null && <Notice kind="info" what={said} />}
      <StateNotice
        state={state}
        counts={counts}
        error={live?.error ?? run.error}
        waitingFor={live?.waitingFor ?? null}
        busy={actions.busy}
        onResume={() => actions.resume()}
      />
      <ErrorNotices run={run.id} failures={failures} names={names} running={state === 'running'} onRetry={onRetry} />
    </div>
  )
}

const firstFocus = (run: Known['run']): Focus => ({ promptIndex: 0, arm: run.arms[0] ?? 'natural', sample: 0 })

function Cells({
  watched,
  grid,
  focus,
  held,
  maxHeight,
}: {
  readonly watched: Known
  readonly grid: RunGrid
  readonly focus: Focus | null
  readonly held: boolean
  readonly maxHeight: number
}) {
  const { run, live } = watched
  const places = [...(live?.lanes ?? [])].flatMap(([variantIndex, { running }]) =>
    running.map((cell) => rowOf(grid, { ...cell, variantIndex }) * grid.columns + cell.promptIndex),
  )
  const key = places.join()
  const running = useMemo(() => new Set(key === '' ? [] : key.split(',').map(Number)), [key])
  return (
    <CellsRegion
      run={run}
      grid={grid}
      running={running}
      shown={focus?.promptIndex ?? null}
      follows={!held && live !== null}
      maxHeight={maxHeight}
    />
  )
}

/** How much of the window the cells may take before they scroll: the lanes below want the rest. */
function useCellsHeight(details: boolean): number {
  const [height, setHeight] = useState(window.innerHeight)
  useEffect(() => {
    const onResize = () => setHeight(window.innerHeight)
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])
  return Math.max(80, Math.round((height * (details ? 0.34 : 0.26)) / 4) * 4)
}
