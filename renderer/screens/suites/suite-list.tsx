import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { count, moment } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { go } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Bones, ErrorNotice } from '../../ui/region.tsx'
import { DistanceMix } from './distance-mix.tsx'
import { draftKey, newDraftPrompt, useDraftKeys } from './editor/drafts.ts'
import { groupVersions, shortHash, suiteHref } from './suite-address.ts'
import type { SuiteListing } from './suites-frame.tsx'
import styles from './suite-list.module.css'
import { promptsText } from './prompts-text.ts'

const sourceWords = { bundled: 'bundled', user: 'yours', generated: 'generated' } as const

/** Prompts in the example of the list's foot. */
const exampleCount = 60

/** Every suite with its size, languages, distances, and the smallest loss that it can show. */
export function SuiteList({ list, current }: { readonly list: SuiteListing; readonly current: string | null }) {
  const suites = dataOf(list)
  const counts = suites?.map(({ graded }) => graded).filter((graded) => graded > 0) ?? null
  const resolvable = dataOf(useLab('suites.resolvable', counts === null ? null : { counts: [exampleCount, ...counts] }))
  const points = new Map(counts?.map((n, index) => [n, resolvable?.points[index + 1] ?? null]))
  const total = suites?.reduce((sum, { n }) => sum + n, 0) ?? null
  return (
    <nav className={styles['list']} aria-label="Suites">
      <div className={styles['list-head']}>
        <h2>Suites</h2>
        {total !== null && <span className="hint clip">{promptsText(total)}</span>}
        <NewMenu />
      </div>
      <div className={styles['list-body']}>
        {list.status === 'failed' && <ErrorNotice error={list.error} />}
        {suites === null && list.status === 'loading' && <Bones rows={8} />}
        <ul>
          <NewDrafts current={current} />
          {groupVersions(suites ?? []).map(({ newest, older }) => (
            <SuiteEntry key={newest.name} newest={newest} older={older} points={points} current={current} />
          ))}
        </ul>
      </div>
      {resolvable !== null && (
        <p className={styles['list-foot']}>
          Points: the smallest loss that this many graded prompts can show, if {Math.round(resolvable.flipRate * 100)} %
          of them flip. With {exampleCount} prompts you cannot see less than {resolvable.points[0]?.toFixed(1)} points.
        </p>
      )}
    </nav>
  )
}

function NewMenu() {
  return (
    <span className="row end">
      <Menu
        label="New suite"
        trigger={
          <Button kind="quiet" size="icon" aria-label="New suite" title="New suite">
            <Plus aria-hidden />
          </Button>
        }
        items={[
          { key: 'new', label: 'Write', hint: 'in the editor', onChoose: () => go('suites', ['new']) },
          { key: 'import', label: 'Import', hint: 'YAML, JSON, CSV …', onChoose: () => go('suites', ['import']) },
          { key: 'generate', label: 'Generate', hint: 'from a template', onChoose: () => go('suites', ['generate']) },
        ]}
      />
    </span>
  )
}

/** Suites that are being written and not saved yet. */
function NewDrafts({ current }: { readonly current: string | null }) {
  const prompts = useDraftKeys().flatMap((key) => newDraftPrompt(key) ?? [])
  return prompts.map((prompt) => (
    <li key={prompt}>
      <a
        className={styles['suite']}
        href={routeHash('suites', ['new'], { prompt })}
        aria-current={current === draftKey(null, prompt) ? 'page' : undefined}
      >
        <span className="row">
          <b className="clip">New suite</b>
          <Badge tone="warn">unsaved</Badge>
        </span>
        <span className="hint clip">{prompt}</span>
      </a>
    </li>
  ))
}

interface EntryProps {
  readonly newest: SuiteSummary
  readonly older: readonly SuiteSummary[]
  readonly points: ReadonlyMap<number, number | null>
  readonly current: string | null
}

function SuiteEntry({ newest, older, points, current }: EntryProps) {
  const [opened, setOpened] = useState(false)
  const shown = opened || older.some(({ hash }) => hash === current) ? older : []
  return (
    <>
      <SuiteRow suite={newest} points={points.get(newest.graded) ?? null} current={newest.hash === current} />
      {shown.map((suite) => (
        <SuiteRow
          key={suite.hash}
          suite={suite}
          points={points.get(suite.graded) ?? null}
          current={suite.hash === current}
          isOlder
        />
      ))}
      {older.length > 0 && shown.length === 0 && (
        <li className={styles['more']}>
          <button type="button" onClick={() => setOpened(true)}>
            {older.length} older {older.length === 1 ? 'version' : 'versions'}
          </button>
        </li>
      )}
    </>
  )
}

function SuiteRow({
  suite,
  points,
  current,
  isOlder = false,
}: {
  readonly suite: SuiteSummary
  readonly points: number | null
  readonly current: boolean
  readonly isOlder?: boolean
}) {
  const { hash, name, n, graded, languages, distances, isProbePack, source, savedAtMs } = suite
  const hasDraft = useDraftKeys().includes(hash)
  return (
    <li>
      <a
        className={styles['suite']}
        href={suiteHref(hash)}
        aria-current={current ? 'page' : undefined}
        data-older={isOlder || undefined}
      >
        <span className="row">
          <b className="clip" title={name}>
            {name}
          </b>
          {hasDraft && <Badge tone="warn">unsaved</Badge>}
          <span className="end num">
            {count(n)}
            <span className="sr"> prompts</span>
          </span>
        </span>
        <span className="row hint">
          <code title={hash}>{shortHash(hash)}</code>
          <span className="clip only-wide" title={languages.join(', ')}>
            {languages.join(', ')}
          </span>
          {graded > 0 && (
            <span className="end num" title={`The smallest loss that its ${promptsText(graded, 'graded')} can show`}>
              {points === null ? '-' : `${points.toFixed(1)} points`}
            </span>
          )}
        </span>
        <span className="row hint">
          <span className="clip">{isOlder ? `older, ${moment(savedAtMs)}` : sourceWords[source]}</span>
          {isProbePack && <Badge>probe pack</Badge>}
          <DistanceMix distances={distances} />
        </span>
      </a>
    </li>
  )
}
