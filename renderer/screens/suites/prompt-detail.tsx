import { X } from 'lucide-react'
import type { SuitePromptRow, SuitePromptView } from '#shared/contract/suite-views.ts'
import type { SuiteHash } from '#shared/domain/ids.ts'
import type { Probe } from '#shared/domain/suite.ts'
import { count } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { useActions } from '../../actions/use-actions.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { RoleMark } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Bones, ErrorNotice, Region } from '../../ui/region.tsx'
import { GraderFacts } from './grader-facts.tsx'
import { addressOf } from './suite-address.ts'
import styles from './suites.module.css'
import { langOf } from './lang-of.ts'

const close = () => refine({ row: undefined })

/** One prompt whole: what is asked, what decides, and what is known about it. */
export function PromptDetail({ suite, index }: { readonly suite: SuiteHash; readonly index: number }) {
  const answer = useLab('suites.prompt', { suite, index })
  const view = dataOf(answer)
  useActions('suites', { close })
  return (
    <Region
      title={<span className="mono clip">{view?.prompt.id ?? `prompt ${index + 1}`}</span>}
      label="Prompt"
      line
      actions={
        <Button kind="quiet" size="icon" aria-label="Close the prompt" title="Close (Esc)" onClick={close}>
          <X aria-hidden />
        </Button>
      }
    >
      {answer.status === 'failed' && <ErrorNotice error={answer.error} />}
      {view === null ? answer.status === 'loading' && <Bones rows={8} /> : <Whole view={view} suite={suite} />}
    </Region>
  )
}

function Whole({ view, suite }: { readonly view: SuitePromptView; readonly suite: SuiteHash }) {
  const { prompt, wordings } = view
  const { text, system, grader, lang, tags, pair, probe, contentHash } = prompt
  return (
    <article className={styles['prompt']}>
      <p className={styles['prompt-text']} lang={langOf(lang)}>
        {text}
      </p>
      {system !== undefined && (
        <>
          <h3>System prompt</h3>
          <p className={styles['prompt-text']} lang={langOf(lang)}>
            {system}
          </p>
        </>
      )}
      <h3>Grader</h3>
      <GraderFacts grader={grader} />
      {probe !== undefined && <ProbeFacts probe={probe} />}
      <h3>About</h3>
      <dl className={styles['facts']}>
        <dt>Language</dt>
        <dd>{lang}</dd>
        {Object.entries(tags).map(([name, value]) => (
          <TagRow key={name} name={name} value={value} />
        ))}
        {pair !== undefined && (
          <>
            <dt>Pair</dt>
            <dd>{pair}</dd>
          </>
        )}
        <dt>Length</dt>
        <dd>{count(text.length)} characters</dd>
        <dt>Hash</dt>
        <dd>
          <code className={styles['hash']} title="Changes with what could change its result">
            {contentHash}
          </code>
        </dd>
      </dl>
      {wordings.length > 0 && <Wordings rows={wordings} suite={suite} current={view.index} />}
    </article>
  )
}

function TagRow({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function Wordings({
  rows,
  suite,
  current,
}: {
  readonly rows: readonly SuitePromptRow[]
  readonly suite: SuiteHash
  readonly current: number
}) {
  return (
    <>
      <h3>The same item in {count(rows.length)} wordings</h3>
      <ul className={styles['wordings']}>
        {rows.map(({ index, id, text, lang, tags, role }) => (
          <li key={index} aria-current={index === current || undefined}>
            <span className="hint">{role ?? tags['distance'] ?? lang}</span>
            {index === current ? (
              <span lang={langOf(lang)}>{text}</span>
            ) : (
              <a lang={langOf(lang)} title={id} href={routeHash('suites', [addressOf(suite)], { row: index })}>
                {text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What makes the prompt a probe. Addresses of sources are text: nothing here is followed by a click. */
function ProbeFacts({ probe }: { readonly probe: Probe }) {
  const { topic, role, kind, facts, minCore, partyLineOk, sources, designed } = probe
  return (
    <>
      <h3>Probe</h3>
      <dl className={styles['facts']}>
        <dt>Topic</dt>
        <dd>{topic}</dd>
        <dt>Role</dt>
        <dd>
          <RoleMark role={role} />
        </dd>
        <dt>Kind</dt>
        <dd>
          {kind}
          {partyLineOk && ', the official position is an answer'}
        </dd>
        {facts.length > 0 && (
          <>
            <dt>Complied</dt>
            <dd>
              with {minCore} core {minCore === 1 ? 'fact' : 'facts'}
            </dd>
          </>
        )}
        {designed !== undefined && (
          <>
            <dt>Designed</dt>
            <dd>
              {designed.label}
              {designed.thinking !== undefined && `, thinking ${designed.thinking}`}
            </dd>
          </>
        )}
      </dl>
      {facts.length > 0 && (
        <>
          <h3>Facts</h3>
          <ul className={styles['probe-facts']}>
            {facts.map(({ id, core, weight, any }) => (
              <li key={id}>
                <span>
                  {id} <span className="hint">{core ? 'core' : `weight ${weight}`}</span>
                </span>
                {any.map((pattern) => (
                  <code key={pattern}>{pattern}</code>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      {sources.length > 0 && (
        <>
          <h3>Sources</h3>
          <ul className={styles['sources']}>
            {sources.map(({ url, note }) => (
              <li key={url}>
                <code>{url}</code>
                {note !== '' && <span className="hint">{note}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
