import { useRef } from 'react'
import type { Run } from '#shared/domain/run.ts'
import { refine } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { useRunFigures } from '../../stores/use-run-figures.ts'
import { Bones, ErrorNotice, Notice, Split } from '../../ui/region.tsx'
import { CellList } from './cell-list.tsx'
import { NoTokens } from './divergence-panel.tsx'
import { PromptLine } from './prompt-line.tsx'
import { SidePanel } from './side-panel.tsx'
import { Toolbar } from './toolbar.tsx'
import type { TraceChoice } from './trace-choice.ts'
import { TracePane } from './trace-pane.tsx'
import styles from './traces.module.css'
import { useLinkedScroll } from './use-linked-scroll.ts'
import { useTraceActions, type TraceActions } from './use-trace-actions.ts'
import { useTraces, type Traces } from './use-traces.ts'

/** The cells of a run, and the texts of one prompt side by side. */
export function RunTraces({ run, choice }: { readonly run: Run; readonly choice: TraceChoice }) {
  useRunFigures(run, 'cells.')
  const traces = useTraces(run, choice)
  const root = useRef<HTMLDivElement>(null)
  const actions = useTraceActions(traces, root)
  useLinkedScroll(root, choice.linked && traces.panes.length > 1)
  const { names, pages, shown, view } = traces
  const list = choice.list === null ? 'room' : choice.list ? 'on' : 'off'
  return (
    <>
      <TopBar
        path={[
          { label: 'Traces', href: '#/traces' },
          { label: `${run.id} ${run.name}`, href: `#/runs/${run.id}` },
        ]}
        title={view?.prompt.id ?? 'Cells'}
      />
      <div className={styles['view']} ref={root}>
        <Split className={styles['traces']}>
          <div className={styles['listplace']} data-list={list}>
            <CellList
              choice={choice}
              variants={run.variants}
              names={names}
              arms={run.arms.length}
              samples={run.samples}
              pages={pages}
              shown={shown}
              ready={view !== null || pages.total === 0}
            />
          </div>
          <Reading traces={traces} actions={actions} />
          <SidePanel traces={traces} onHit={actions.toHit} />
        </Split>
      </div>
    </>
  )
}

/** What was asked, how it is shown, and the texts. */
function Reading({ traces, actions }: { readonly traces: Traces; readonly actions: TraceActions }) {
  const { choice, view, error, promptIndex, panes, marks, hasTokens, names, shown } = traces
  return (
    <div className={styles['main']}>
      <PromptLine view={view} index={promptIndex} onGo={actions.toPrompt} />
      <Toolbar
        choice={choice}
        others={new Map([...names].filter(([index]) => !shown.includes(index)))}
        shown={panes.map(({ variant }) => variant.index)}
        onList={actions.toggleList}
        onDivergence={actions.toDivergence}
      />
      {error !== null && <ErrorNotice error={error} />}
      {choice.heat !== null && !hasTokens && <Notice kind="info" what="No token heat to show." why={<NoTokens />} />}
      {marks.tooDifferent && (
        <Notice
          kind="info"
          what="These texts differ too much for a word diff."
          why="They have hardly a passage in common."
        />
      )}
      {view === null && error === null && promptIndex !== null && <Bones rows={8} />}
      <div className={styles['panes']}>
        {panes.map((pane, index) => (
          <TracePane
            key={pane.cell.id}
            pane={pane}
            base={index === 0 ? null : (panes[0] ?? null)}
            marks={marks.panes[index] ?? { ranges: [], endsAtDivergence: false }}
            heated={choice.heat !== null && hasTokens}
            view={choice.view}
            folding={actions.folding}
            expected={view?.expected ?? null}
            variants={names}
            onVariant={(variant) => refine({ v: replaced(shown, pane.variant.index, variant).join(',') })}
            onClose={
              panes.length < 2
                ? null
                : () => refine({ v: shown.filter((other) => other !== pane.variant.index).join(',') })
            }
          />
        ))}
      </div>
    </div>
  )
}

/** One variant in another's place; where it is shown already, the two change places. */
function replaced(shown: readonly number[], old: number, next: number): readonly number[] {
  return shown.map((index) => (index === old ? next : index === next ? old : index))
}
