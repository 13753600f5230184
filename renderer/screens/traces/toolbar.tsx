import { GitFork, Link2, PanelLeft, Plus } from 'lucide-react'
import { refine } from '../../routing/use-route.ts'
import { Button, Key } from '../../ui/button.tsx'
import { Segment } from '../../ui/controls.tsx'
import { Menu } from '../../ui/menu.tsx'
import { maxPanes, type TraceChoice } from './trace-choice.ts'
import styles from './traces.module.css'

export interface ToolbarProps {
  readonly choice: TraceChoice
  /** Variants that are not side by side yet. */
  readonly others: ReadonlyMap<number, string>
  readonly shown: readonly number[]
  readonly onList: () => void
  readonly onDivergence: () => void
}

/** How the texts are shown. Every control has its key. */
export function Toolbar({ choice, others, shown, onList, onDivergence }: ToolbarProps) {
  const { heat, view, linked } = choice
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label="How the texts are shown">
      <Button size="small" onClick={onList} title="List of cells">
        <PanelLeft aria-hidden /> <span className={styles['roomy']}>Cells</span> <Key>c</Key>
      </Button>
      <Segment
        label="Token heat"
        value={heat ?? 'off'}
        onChange={(value) => refine({ heat: value === 'off' ? undefined : value })}
        choices={[
          { value: 'probability', label: 'Probability' },
          { value: 'entropy', label: 'Entropy' },
          { value: 'off', label: 'Off' },
        ]}
      />
      {heat !== null && <HeatLegend scale={heat} />}
      <div className={styles['tools']}>
        {others.size > 0 && shown.length < maxPanes && (
          <Menu
            label="Add a variant"
            trigger={
              <Button size="small" aria-label="Add a variant" title="Add a variant">
                <Plus aria-hidden />
              </Button>
            }
            items={[...others].map(([index, label]) => ({
              key: String(index),
              label,
              onChoose: () => refine({ v: [...shown, index].join(',') }),
            }))}
          />
        )}
        <Button size="small" hotkey="d" disabled={shown.length < 2} onClick={onDivergence} title="First divergence">
          <GitFork aria-hidden className={styles['fork']} /> <span className={styles['roomy']}>First divergence</span>
        </Button>
        <Button
          size="small"
          aria-pressed={linked}
          title="Scroll all panes together, step by step (l)"
          onClick={() => refine({ linked: linked ? 0 : undefined })}
        >
          <Link2 aria-hidden /> <span className={styles['roomy']}>Linked</span>
        </Button>
        <Segment
          label="View"
          value={view}
          onChange={(value) => refine({ view: value === 'text' ? undefined : value })}
          choices={[
            { value: 'text', label: 'Text' },
            { value: 'diff', label: 'Word diff', disabled: shown.length < 2 },
            { value: 'raw', label: 'Raw' },
          ]}
        />
      </div>
    </div>
  )
}

function HeatLegend({ scale }: { readonly scale: 'probability' | 'entropy' }) {
  return (
    <span className={styles['legend']} title="Colour of a token by how sure the model was of it">
      sure
      <span className={styles['ramp']} aria-hidden="true">
        {[1, 2, 3, 4, 5].map((step) => (
          <i key={step} data-heat={step} />
        ))}
      </span>
      {scale === 'probability' ? 'p < 0.2' : '2.5 bits'}
    </span>
  )
}
