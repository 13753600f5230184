import type { SuiteSummary } from '#shared/domain/suite.ts'
import { count } from '../../../format/numbers.ts'
import { Checkbox } from '../../../ui/controls.tsx'
import { writeList } from './draft-lists.ts'
import { nothing, type Draft } from './run-draft.ts'
import type { Change } from './run-setup.tsx'
import styles from './setup.module.css'

/** Which prompts: one or several suites. A suite that is named by a hash no list has any more stays chosen. */
export function SuiteChoice({
  suites,
  draft,
  onChange,
}: {
  readonly suites: readonly SuiteSummary[]
  readonly draft: Draft
  readonly onChange: Change
}) {
  const isChosen = ({ name, hash }: SuiteSummary) => draft.suites.includes(name) || draft.suites.includes(hash)
  const earlier = draft.suites.filter((text) => !suites.some(({ name, hash }) => name === text || hash === text))
  const choose = (next: readonly string[]) =>
    onChange({ suite: next.length === 0 ? nothing : writeList(next), suites: undefined })
  const toggle = (suite: SuiteSummary, on: boolean) => {
    const others = draft.suites.filter((text) => text !== suite.name && text !== suite.hash)
    choose(on ? [...others, suite.name] : others)
  }
  return (
    <section className={styles['section']} aria-label="Suites">
      <h2>
        Suites <span className="hint">what is asked</span>
        <Problem text={draft.problems.suites} />
      </h2>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th>Suite</th>
              <th className="num">Prompts</th>
              <th>Languages</th>
              <th className="only-wide">Distance</th>
              <th className="only-wide">Source</th>
            </tr>
          </thead>
          <tbody>
            {suites.map((suite) => (
              <tr key={suite.hash} data-on={isChosen(suite) || undefined}>
                <td className={styles['wide']} title={suite.title === '' ? suite.name : suite.title}>
                  <Checkbox checked={isChosen(suite)} onChange={(on) => toggle(suite, on)}>
                    <span className="clip">{suite.name}</span>
                    {suite.isProbePack && <span className="hint">probe pack</span>}
                  </Checkbox>
                </td>
                <td className="num">{count(suite.n)}</td>
                <td>{suite.languages.join(', ')}</td>
                <td className="only-wide quiet">{distanceText(suite)}</td>
                <td className="only-wide quiet">{suite.source}</td>
              </tr>
            ))}
            {earlier.map((text) => (
              <tr key={text} data-on>
                <td className={styles['wide']} title={text}>
                  <Checkbox checked onChange={() => choose(draft.suites.filter((other) => other !== text))}>
                    {text.startsWith('sha256:') ? text.slice(7, 19) : text}
                    <span className="hint">a version that is no longer listed</span>
                  </Checkbox>
                </td>
                <td className="num">-</td>
                <td>-</td>
                <td className="only-wide">-</td>
                <td className="only-wide">-</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const distanceText = ({ distances }: SuiteSummary): string => {
  const known = Object.entries(distances).map(([name, n]) => `${name} ${count(n)}`)
  return known.length === 0 ? '-' : known.join(', ')
}

export function Problem({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null
  return (
    <span className={styles['problem']} role="status">
      {text}
    </span>
  )
}
