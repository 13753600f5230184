import { useId, type ReactNode } from 'react'
import type { OutcomeCounts } from '#shared/contract/refusal-views.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { countText } from '#shared/domain/figures.ts'
import { outcomes } from '#shared/domain/words.ts'
import { refine } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LabelTile } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, SearchField, Segment } from '../../ui/controls.tsx'
import { nameOf, type RefusalRun } from './refusal-run.ts'
import { armOf, filterKeys, nothingChosen, roleButton, type ProbeFilter } from './refusals-query.ts'
import styles from './refusals.module.css'

/** What the list is narrowed to, and how many labels of each kind are left. */
export function LogFilters({ of, filter }: { readonly of: RefusalRun; readonly filter: ProbeFilter }) {
  const { run, summary, route } = of
  const { query } = route
  const set = (changes: Readonly<Record<string, string | number | undefined>>) =>
    refine({ ...changes, ...nothingChosen })
  const counts = dataOf(useLab('refusals.counts', { run: run.id, filter }))
  const filtered = filterKeys.some((key) => query[key] !== undefined)
  const topics = [...new Set(summary.topics.map(({ topic }) => topic))]
  return (
    <div className={styles['toolbar']}>
      <SearchField
        label="Search the log"
        value={query['q'] ?? ''}
        onChange={(q) => set({ q: q === '' ? undefined : q })}
        {...(query['q'] === undefined || counts === null ? {} : { count: countText(counts.total) })}
      />
      <Segment
        label="Role"
        value={roleButton(query['role'])}
        choices={[
          { value: 'all', label: 'All' },
          { value: 'sensitive', label: 'Sensitive' },
          { value: 'control', label: 'Control' },
          { value: 'other', label: 'Other' },
        ]}
        onChange={(role) => set({ role: role === 'all' ? undefined : role })}
      />
      <Choice label="Label" value={query['label']} onChange={(label) => set({ label })}>
        {outcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {outcomeWords[outcome]}
          </option>
        ))}
      </Choice>
      <Choice label="Topic" value={query['topic']} onChange={(topic) => set({ topic })}>
        {topics.map((topic) => (
          <option key={topic}>{topic}</option>
        ))}
      </Choice>
      <Choice label="Language" value={query['lang']} onChange={(lang) => set({ lang })}>
        {summary.languages.map((lang) => (
          <option key={lang}>{lang}</option>
        ))}
      </Choice>
      <Choice label="Variant" value={query['variant']} onChange={(variant) => set({ variant })}>
        {run.variants.map(({ index }) => (
          <option key={index} value={index}>
            {nameOf(of, index)}
          </option>
        ))}
      </Choice>
      {run.arms.length > 1 && (
        <Choice label="Arm" value={armOf(query['arm']) ?? undefined} onChange={(arm) => set({ arm })}>
          {run.arms.map((arm) => (
            <option key={arm}>{arm}</option>
          ))}
        </Choice>
      )}
      <Checkbox checked={query['review'] === '1'} onChange={(on) => set({ review: on ? 1 : undefined })}>
        Needs review
      </Checkbox>
      {filtered && (
        <Button
          kind="quiet"
          size="small"
          onClick={() => set(Object.fromEntries(filterKeys.map((key) => [key, undefined])))}
        >
          Clear
        </Button>
      )}
      {counts !== null && counts.total > 0 && <Counts counts={counts} />}
    </div>
  )
}

/** How many answers have each label. What gets none by its role is no label that is missing, and stands apart. */
function Counts({ counts: { outcomes: all, unlabelledByRole } }: { readonly counts: OutcomeCounts }) {
  const shown = outcomes
    .map((outcome) => [outcome, outcome === 'none' ? all.none - unlabelledByRole : all[outcome]] as const)
    .filter(([, n]) => n > 0)
  return (
    <span className={styles['counts']} aria-label="Labels of these answers">
      {shown.map(([outcome, n]) => (
        <span key={outcome}>
          <LabelTile outcome={outcome} wordless /> {countText(n)}
          {outcome === 'none' && ' without a label'}
        </span>
      ))}
      {unlabelledByRole > 0 && (
        <span className="hint" title="Identity questions and made-up topics: what is said is kept and gets no label.">
          {countText(unlabelledByRole)} identity and made-up, not labelled
        </span>
      )}
    </span>
  )
}

/** One of several, or all. */
export function Choice({
  label,
  value,
  onChange,
  children,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <span className={styles['choice']} data-set={value !== undefined || undefined}>
      <label className="sr" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">{label}</option>
        {children}
      </select>
    </span>
  )
}
