import { useState } from 'react'
import type { SuiteDetails, ValueCounts } from '#shared/contract/suite-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { count, moment } from '../../format/numbers.ts'
import { pageError } from '../../stores/loadable.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice, Notice, Region } from '../../ui/region.tsx'
import { Resolves } from './resolves.tsx'
import { shortHash, suiteHref } from './suite-address.ts'
import styles from './suites.module.css'
import { useSuiteActions } from './use-suite-actions.ts'
import { promptsText } from './prompts-text.ts'

const sourceWords = { bundled: 'ships with Assay', user: 'yours', generated: 'generated' } as const

/** What a suite is, while none of its prompts is chosen. */
export function SuiteAbout({
  details,
  suites,
}: {
  readonly details: SuiteDetails
  readonly suites: readonly SuiteSummary[]
}) {
  const { summary, hidden, license, attribution, counts } = details
  const { hash, name, title, description, version, source, savedAtMs, isProbePack, graded } = summary
  const others = suites.filter((other) => other.name === name && other.hash !== hash)
  return (
    <Region title="About" actions={isProbePack && <Badge>probe pack</Badge>} line className={styles['about']}>
      {hidden && <HiddenNote summary={summary} />}
      <p className={styles['about-title']}>{title}</p>
      {description !== '' && <p className="read quiet">{description}</p>}
      <Resolves graded={graded} />
      <dl className={styles['facts']}>
        <dt>Version</dt>
        <dd>{version}</dd>
        <dt>Hash</dt>
        <dd>
          <code className={styles['hash']}>{hash}</code>
        </dd>
        <dt>Source</dt>
        <dd>
          {sourceWords[source]}
          {savedAtMs > 0 && `, saved ${moment(savedAtMs)}`}
        </dd>
        {license !== null && (
          <>
            <dt>License</dt>
            <dd>{license}</dd>
          </>
        )}
        {attribution.length > 0 && (
          <>
            <dt>Attribution</dt>
            <dd>{attribution.join('; ')}</dd>
          </>
        )}
        <CountRow name="Distance" values={counts.distance} />
        <CountRow name="Language" values={counts.lang} />
        <CountRow name="Grader" values={counts.grader} />
        {isProbePack && <CountRow name="Role" values={counts.role} />}
        <CountRow name="Family" values={counts.family} />
      </dl>
      {others.length > 0 && (
        <>
          <h3>Other versions</h3>
          <ul className={styles['versions']}>
            {others.map((other) => (
              <li key={other.hash}>
                <a href={suiteHref(other.hash)}>
                  <code>{shortHash(other.hash)}</code>
                </a>{' '}
                <span className="hint">
                  {promptsText(other.n)}, {other.savedAtMs > 0 ? moment(other.savedAtMs) : sourceWords[other.source]}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="hint">Choose a prompt to read it whole.</p>
    </Region>
  )
}

/** Values that a row names before it says how many more there are. */
const namedValues = 12

function CountRow({ name, values }: { readonly name: string; readonly values: ValueCounts }) {
  if (values.length === 0) return null
  const named = values.slice(0, namedValues).map(({ value, n }) => `${count(n)} ${value}`)
  const rest = values.length - named.length
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {named.join(', ')}
        {rest > 0 && `, and ${rest} more`}
      </dd>
    </>
  )
}

function HiddenNote({ summary }: { readonly summary: SuiteSummary }) {
  const { restore } = useSuiteActions()
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  if (problem !== null) return <ErrorNotice error={problem} />
  const bundled = summary.source === 'bundled'
  return (
    <Notice
      kind="info"
      what="This version is not in the list."
      why={
        bundled
          ? 'It no longer ships with Assay. Runs that used it keep it.'
          : 'It was deleted. Runs that used it keep it.'
      }
      actions={
        !bundled && (
          <Button
            size="small"
            onClick={() => void restore(summary.hash).catch((error: unknown) => setProblem(pageError(error)))}
          >
            Restore
          </Button>
        )
      }
    />
  )
}
