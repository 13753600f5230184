import { Eye, EyeOff } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Run } from '#shared/domain/run.ts'
import { ChartTools, useChartProblem } from '../../charts/chart-tools.tsx'
import { routeHash } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice, Notice } from '../../ui/region.tsx'
import { showAsTable } from './compare-charts.tsx'
import { CompareDetails } from './compare-details.tsx'
import { choiceQuery, type CompareChoice } from './compare-query.ts'
import { CompareNotice } from './compare-notice.tsx'
import styles from './compare.module.css'
import { chooseVariant, comparedOn } from './compared.ts'
import { ReportMenu } from './report-menu.tsx'
import { shownVariants } from './shown-variants.ts'
import { ChangedRule, Toolbar } from './toolbar.tsx'
import { useActions } from '../../actions/use-actions.ts'
import { inOrder, VerdictBoard } from './verdict-board.tsx'
import { verdictTable } from './verdict-table.ts'

export interface ViewProps {
  readonly run: Run
  readonly comparison: Comparison
  /** True while the figures of a new choice are on their way. */
  readonly old: boolean
  readonly choice: CompareChoice
  /** Row of the list that is selected. */
  readonly row: number
}

/** A run's verdicts, charts, flips and the prompts behind them. */
export function CompareView(props: ViewProps) {
  const { run, comparison, old, choice } = props
  const shown = useMemo(
    () =>
      shownVariants(
        comparison.variants.map(({ runVariant }) => runVariant),
        { run: run.id, blind: choice.blind },
      ),
    [comparison, run.id, choice.blind],
  )
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const [unsaved, setUnsaved] = useChartProblem()
  const drawing = useRef<HTMLDivElement>(null)
  const variants = comparedOn(comparison, choice.tag) ?? comparison.variants
  const board = { comparison, variants, shown, blind: choice.blind }
  const selected = chooseVariant(variants, comparison.reference, choice.variant)
  const variant = variants.find(({ index }) => index === selected)
  const pick = useCallback((index: number) => refine({ variant: index, row: undefined }), [])
  const hrefOf = (index: number) => routeHash('compare', [run.id], { ...choiceQuery(choice), variant: index })
  return (
    <>
      <TopBar
        path={[
          { label: 'Compare', href: '#/compare' },
          { label: `${run.id} ${run.name}`, href: `#/runs/${run.id}` },
        ]}
        title="Verdicts"
        actions={
          <>
            <BlindButton blind={choice.blind} />
            <ReportMenu run={run.id} onProblem={setProblem} />
          </>
        }
      />
      <div className={styles['view']}>
        {problem !== null && <ErrorNotice error={problem} />}
        <Toolbar
          run={run}
          comparison={comparison}
          choice={choice}
          shown={shown}
          actions={
            <span className="row">
              <ChartTools
                title="Verdicts"
                table={verdictTable({ ...board, variants: inOrder(board) })}
                fileStem={`run-${run.id}`}
                asTable={choice.tables.has('verdicts')}
                onAsTable={(asTable) => showAsTable(choice, 'verdicts', asTable)}
                drawing={drawing}
                onProblem={setUnsaved}
              />
            </span>
          }
        />
        {unsaved !== null && <Notice what="The chart was not saved." why={unsaved} />}
        <ChangedRule run={run} comparison={comparison} shown={shown} />
        <CompareNotice run={run} figures />
        <VerdictBoard
          {...board}
          asTable={choice.tables.has('verdicts')}
          drawing={drawing}
          old={old}
          selected={selected}
          hrefOf={hrefOf}
          onPick={pick}
        />
        <Notes comparison={comparison} tagged={choice.tag !== null} />
        {variant !== undefined && <CompareDetails {...props} variants={variants} shown={shown} variant={variant} />}
      </div>
    </>
  )
}

function BlindButton({ blind }: { readonly blind: boolean }) {
  useActions('comparison', {
    blind: blind ? undefined : () => refine({ blind: 1 }),
    reveal: blind ? () => refine({ blind: undefined }) : undefined,
  })
  const Glyph = blind ? EyeOff : Eye
  return (
    <Button
      kind="quiet"
      size="small"
      aria-pressed={blind}
      title={blind ? 'Show the names again' : 'Hide which variant is which'}
      onClick={() => refine({ blind: blind ? undefined : 1 })}
    >
      <Glyph aria-hidden /> {blind ? 'Reveal' : 'Blind'}
    </Button>
  )
}

/** What the strip about a changed rule and the notice about the run say already. */
const saidAbove = /^Chosen after the run|cells have not run yet/

/** What to know before trusting the figures, from the lab. */
function Notes({ comparison, tagged }: { readonly comparison: Comparison; readonly tagged: boolean }) {
  const notes = [
    ...(tagged
      ? ['A part of the prompts: its intervals are wider, and the verdict of the run is the one on all prompts.']
      : []),
    ...comparison.notes.filter((note) => !saidAbove.test(note)),
  ]
  if (notes.length === 0) return null
  return (
    <ul className={styles['notes']} aria-label="Notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
