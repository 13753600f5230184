import type { CellFacets } from '#shared/contract/views.ts'
import { thinkStates } from '#shared/domain/trace.ts'
import { count } from '../../format/numbers.ts'
import { refine } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { filterInput, toggled, writeFilter, type Filter, type TraceChoice } from './trace-choice.ts'
import styles from './list.module.css'

/** The filters of the list: every choice says how many cells it would leave. */
export function CellFilters({
  choice,
  names,
  ready,
}: {
  readonly choice: TraceChoice
  readonly names: ReadonlyMap<number, string>
  /** Counting a large run takes a moment: its rows come first. */
  readonly ready: boolean
}) {
  const { filter, run } = choice
  const facets = dataOf(useLab('cells.facets', ready ? { run, filter: filterInput(filter) } : null))
  const change = (changes: Partial<Filter>) => refine(writeFilter({ ...filter, ...changes }))
  return (
    <div className={styles['filters']} role="group" aria-label="Filters">
      <VariantSelect filter={filter} names={names} facets={facets} change={change} />
      <ArmSelect filter={filter} facets={facets} change={change} />
      {thinkStates.map((state) => (
        <Chip
          key={state}
          n={facets?.thinkStates[state]}
          pressed={filter.thinkStates.includes(state)}
          onPress={() => change({ thinkStates: toggled(filter.thinkStates, state) })}
        >
          {state}
        </Chip>
      ))}
      <Chip
        n={facets?.correct.right}
        pressed={filter.right === true}
        onPress={() => change({ right: filter.right === true ? null : true })}
      >
        right
      </Chip>
      <Chip
        n={facets?.correct.wrong}
        pressed={filter.right === false}
        onPress={() => change({ right: filter.right === false ? null : false })}
      >
        wrong
      </Chip>
      {(['error', 'pending'] as const).map((state) => (
        <Chip
          key={state}
          n={facets?.states[state]}
          pressed={filter.states.includes(state)}
          onPress={() => change({ states: toggled(filter.states, state) })}
        >
          {state === 'error' ? 'failed' : 'not run'}
        </Chip>
      ))}
    </div>
  )
}

/** A choice without cells is not offered, unless it is the one that was made. */
function Chip({
  n = 0,
  pressed,
  onPress,
  children,
}: {
  readonly n: number | undefined
  readonly pressed: boolean
  readonly onPress: () => void
  readonly children: string
}) {
  if (n === 0 && !pressed) return null
  return (
    <button type="button" className={styles['chip']} aria-pressed={pressed} onClick={onPress}>
      {children} <span>{count(n)}</span>
    </button>
  )
}

interface SelectProps {
  readonly filter: Filter
  readonly facets: CellFacets | null
  readonly change: (changes: Partial<Filter>) => void
}

function VariantSelect({
  filter,
  names,
  facets,
  change,
}: SelectProps & { readonly names: ReadonlyMap<number, string> }) {
  const value = filter.variants.length === 1 ? String(filter.variants[0]) : ''
  return (
    <select
      className={styles['select']}
      aria-label="Variant"
      value={value}
      onChange={({ target }) => change({ variants: target.value === '' ? [] : [Number(target.value)] })}
    >
      <option value="">All variants</option>
      {[...names].map(([index, name]) => (
        <option key={index} value={index}>
          {name}, {count(facets?.variantIndexes[index] ?? 0)}
        </option>
      ))}
    </select>
  )
}

function ArmSelect({ filter, facets, change }: SelectProps) {
  const known = Object.entries(facets?.arms ?? {})
  if (known.length < 2 && filter.arms.length === 0) return null
  return (
    <select
      className={styles['select']}
      aria-label="Arm"
      value={filter.arms[0] ?? ''}
      onChange={({ target }) => change({ arms: target.value === '' ? [] : [target.value as Filter['arms'][number]] })}
    >
      <option value="">All arms</option>
      {known.map(([arm, n]) => (
        <option key={arm} value={arm}>
          {arm}, {count(n)}
        </option>
      ))}
    </select>
  )
}
