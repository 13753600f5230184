import { refine } from '../../routing/use-route.ts'
import { Segment } from '../../ui/controls.tsx'
import { CellDetails } from './cell-details.tsx'
import { DivergencePanel } from './divergence-panel.tsx'
import { SearchPanel } from './search-panel.tsx'
import panelsStyles from './panels.module.css'
import styles from './traces.module.css'
import type { Traces } from './use-traces.ts'

/** Beside the texts: where they part; below it the search through the run, or the configuration of these cells. */
export function SidePanel({ traces, onHit }: { readonly traces: Traces; readonly onHit: (row: number) => void }) {
  const { choice, run, names, hits, panes, partings, hasTokens } = traces
  return (
    <aside className={styles['aside']} aria-label="Beside the texts">
      <DivergencePanel partings={partings} hasTokens={hasTokens} />
      <div className={panelsStyles['sidehead']}>
        <Segment
          label="Below"
          value={choice.side}
          onChange={(side) => refine({ side: side === 'search' ? undefined : side })}
          choices={[
            { value: 'search', label: 'Search' },
            { value: 'cell', label: 'Configuration' },
          ]}
        />
        <span className="hint clip only-wide">
          {choice.side === 'search' ? `all traces of run ${run.id}` : 'of these cells'}
        </span>
      </div>
      {choice.side === 'search' ? (
        <SearchPanel choice={choice} hits={hits} variants={run.variants} names={names} onHit={onHit} />
      ) : (
        <CellDetails panes={panes} />
      )}
    </aside>
  )
}
