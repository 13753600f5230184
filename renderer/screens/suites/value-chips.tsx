import type { SuiteDetails, ValueCounts } from '#shared/contract/suite-views.ts'
import { count } from '../../format/numbers.ts'
import { refine } from '../../routing/use-route.ts'
import styles from './suites.module.css'

const groups = [
  { name: 'distance', label: 'distance' },
  { name: 'role', label: 'role' },
  { name: 'lang', label: 'language' },
  { name: 'grader', label: 'graders' },
] as const

/** More values than this become a list to choose from. */
const mostChips = 5

/** What the prompts can be narrowed to, with how many there are; pressed again, all are shown. */
export function ValueChips({
  counts,
  query,
}: {
  readonly counts: SuiteDetails['counts']
  readonly query: Readonly<Record<string, string>>
}) {
  const worth = groups.filter(({ name }) => counts[name].length > 1)
  const families = counts.family.length > 1 ? counts.family : []
  if (worth.length === 0 && families.length === 0) return null
  return (
    <div className={styles['chips']}>
      {worth.map(({ name, label }) =>
        counts[name].length > mostChips ? (
          <ValueSelect key={name} name={name} label={label} values={counts[name]} current={query[name]} />
        ) : (
          <div key={name} className={styles['chip-group']} role="group" aria-label={label}>
            <span className="hint">{label}</span>
            {counts[name].map(({ value, n }) => (
              <button
                key={value}
                type="button"
                aria-pressed={query[name] === value}
                onClick={() => refine({ [name]: query[name] === value ? undefined : value, row: undefined })}
              >
                {value} <b>{count(n)}</b>
              </button>
            ))}
          </div>
        ),
      )}
      {families.length > 0 && <ValueSelect name="family" label="family" values={families} current={query['family']} />}
    </div>
  )
}

function ValueSelect({
  name,
  label,
  values,
  current,
}: {
  readonly name: string
  readonly label: string
  readonly values: ValueCounts
  readonly current: string | undefined
}) {
  return (
    <label className={styles['chip-group']}>
      <span className="hint">{label}</span>
      <select
        value={current ?? ''}
        onChange={({ target }) => refine({ [name]: target.value || undefined, row: undefined })}
      >
        <option value="">all</option>
        {values.map(({ value, n }) => (
          <option key={value} value={value}>
            {value} {count(n)}
          </option>
        ))}
      </select>
    </label>
  )
}
