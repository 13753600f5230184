import { Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { countedText } from '#shared/domain/figures.ts'
import { timeRestsOn } from '#shared/domain/plan-words.ts'
import type { RunPlan, RunSpecInput } from '#shared/domain/run.ts'
import { bytes, count, duration } from '../../../format/numbers.ts'
import { routeHash } from '../../../routing/route.ts'
import { go } from '../../../routing/use-route.ts'
import { dataOf, pageError } from '../../../stores/loadable.ts'
import { useAppStore, useLab } from '../../../stores/use-app.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/controls.tsx'
import { Bones, ErrorNotice, Notice } from '../../../ui/region.tsx'
import { MemoryNeeds } from './memory-needs.tsx'
import { problemLines, type Draft } from './run-draft.ts'
import type { Change } from './run-setup.tsx'
import styles from './setup.module.css'

/** How long nothing changes before a plan is asked for. */
const settledMs = 200

/** What the run will cost, kept up to date while it is being chosen, and the button that starts it. */
export function PlanPanel({ draft, onChange }: { readonly draft: Draft; readonly onChange: Change }) {
  const { spec, settled } = useSettled(draft.spec)
  const answer = useLab('runs.plan', spec)
  const [kept, setKept] = useState<RunPlan | null>(null)
  const plan = answer.status === 'ready' ? answer.data : null
  if (plan !== null && plan !== kept) setKept(plan)
  const failed = answer.status === 'failed' && draft.spec !== null
  const shown = failed ? null : (plan ?? kept)
  const ready = plan !== null && settled && draft.spec !== null
  return (
    <aside className={styles['plan']} aria-label="Plan">
      <div className={styles['planned']} data-stale={(!ready && shown !== null) || undefined} aria-busy={!ready}>
        <div className={styles['section']}>
          <h2>Plan</h2>
        </div>
        {failed && <ErrorNotice error={answer.error} />}
        {shown === null && !failed && draft.spec !== null && <Bones rows={6} />}
        {draft.spec === null && (
          <Notice
            kind="warn"
            what="The plan waits."
            why={problemLines(draft).map(([label, why]) => (
              <div key={label}>
                <b>{label}:</b> {why}
              </div>
            ))}
          />
        )}
        {shown !== null && <Planned plan={shown} spec={draft.spec} />}
      </div>
      <Start draft={draft} spec={ready ? draft.spec : null} plan={plan} onChange={onChange} />
    </aside>
  )
}

/** The spec once nothing has changed for a moment: a plan for every keystroke would be one too many. */
function useSettled(spec: RunSpecInput | null): { readonly spec: RunSpecInput | null; readonly settled: boolean } {
  const [settled, setSettled] = useState(spec)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(spec), settledMs)
    return () => clearTimeout(timer)
  }, [spec])
  return { spec: settled, settled: JSON.stringify(settled) === JSON.stringify(spec) }
}

function Planned({ plan, spec }: { readonly plan: RunPlan; readonly spec: RunSpecInput | null }) {
  const prompts = plan.suites.reduce((sum, { n }) => sum + n, 0)
  const weights = bytes(plan.bytes)
  return (
    <>
      <dl className={styles['figures']}>
        <Figure name="cells" value={count(plan.cells)} />
        <Figure name="prompts" value={count(prompts)} />
        <Figure name="loads" value={String(plan.loads)} />
        <Figure name="weights to load" value={weights.figure} unit={weights.unit} />
        <Figure
          name="time, about"
          value={plan.seconds === null ? '-' : duration(plan.seconds)}
          title={timeRestsOn(plan)}
        />
        {plan.resolvablePoints !== null && (
          <Figure name="resolves" value={plan.resolvablePoints.toFixed(1)} unit="points" />
        )}
      </dl>
      <p className={styles['caption']}>
        {plan.resolvablePoints === null
          ? 'No prompt is graded: this run measures no accuracy.'
          : `With ${countedText(plan.graded, 'graded prompt')} a loss under ${plan.resolvablePoints.toFixed(1)} points cannot be told from none, if 10 % of them flip.`}
        {` ${timeRestsOn(plan)}`}
      </p>
      <div className={styles['warnings']}>
        {plan.warnings.map(({ code, message }) => (
          <Notice key={`${code} ${message}`} kind="warn" what={message} />
        ))}
      </div>
      {spec?.contextTokens !== undefined && <MemoryNeeds variants={plan.variants} contextTokens={spec.contextTokens} />}
    </>
  )
}

function Figure({
  name,
  value,
  unit,
  title,
}: {
  readonly name: string
  readonly value: string
  readonly unit?: string
  readonly title?: string
}) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>
        {value} {unit !== undefined && <span>{unit}</span>}
      </dd>
    </div>
  )
}

function Start({
  draft,
  spec,
  plan,
  onChange,
}: {
  readonly draft: Draft
  readonly spec: RunSpecInput | null
  readonly plan: RunPlan | null
  readonly onChange: Change
}) {
  const store = useAppStore()
  const running = dataOf(useLab('runs.list', {}))?.find(({ state }) => state === 'running')
  const [starting, setStarting] = useState(false)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const start = async () => {
    if (spec === null) return
    setStarting(true)
    setProblem(null)
    try {
      const { run } = await store.lab['runs.start'](spec)
      store.getState().invalidate((name) => name === 'runs.list')
      go('runs', [run])
    } catch (error) {
      setProblem(pageError(error))
      setStarting(false)
    }
  }
  return (
    <div className={styles['start']}>
      <Field label="Name">
        {(ids) => (
          <input
            {...ids}
            value={draft.name}
            maxLength={200}
            placeholder={plan?.suites.map(({ name }) => name).join(' + ')}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      {problem !== null && <ErrorNotice error={problem} />}
      {running === undefined ? (
        <Button kind="primary" size="large" disabled={spec === null || starting} onClick={() => void start()}>
          <Play aria-hidden />
          {starting ? 'Starting' : `Start${plan === null ? '' : ` ${count(plan.cells)} cells`}`}
        </Button>
      ) : (
        <>
          <p className="hint" id="one-run">
            <a href={routeHash('runs', [running.id])}>
              Run {running.id} {running.name}
            </a>{' '}
            is going. One run at a time, so that times can be compared; what is chosen here stays in the address.
          </p>
          <Button kind="primary" size="large" disabled aria-describedby="one-run">
            <Play aria-hidden /> Run {running.id} is going
          </Button>
        </>
      )}
    </div>
  )
}
