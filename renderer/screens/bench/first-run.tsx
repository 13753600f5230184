import { Play } from 'lucide-react'
import { useState } from 'react'
import type { Progress } from '#shared/domain/engine.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { variantsOf } from '#shared/domain/families.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { bytes, count, duration, moment } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { go } from '../../routing/use-route.ts'
import { useActions } from '../../actions/use-actions.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'
import { PrecisionMark } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ErrorNotice, ProgressBar } from '../../ui/region.tsx'
import styles from './first-run.module.css'
import { isComplete, useEarlierRun } from './earlier-run.ts'
import { specimenPrecisions, specimenSpec, specimenSuite } from './specimen-spec.ts'

type Preparing =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly progress: Progress | null }
  | { readonly state: 'failed'; readonly error: ErrorInfo }

/** The newcomer's one action: make the specimen's variants, start the run, and go and watch it. */
export function FirstRun({ runs }: { readonly runs: readonly RunSummary[] }) {
  const store = useAppStore()
  const running = runs.find(({ state }) => state === 'running')
  const [preparing, setPreparing] = useState<Preparing>({ state: 'idle' })
  const suite = dataOf(useLab('suites.list', {}))?.find(({ name }) => name === specimenSuite)
  const families = dataOf(useLab('variants.list', {}))
  const made = specimenVariants(variantsOf(families ?? []))
  const plan = dataOf(
    useLab('runs.plan', made.length === specimenPrecisions.length ? specimenSpec(made.map(({ id }) => id)) : null),
  )

  const start = async () => {
    setPreparing({ state: 'working', progress: null })
    store.getState().setPreparing(true)
    try {
      for await (const progress of store.lab['specimen.prepare']({})) setPreparing({ state: 'working', progress })
      const listed = await store.lab['variants.list']({ refresh: true })
      const variants = specimenVariants(variantsOf(listed))
      const { run } = await store.lab['runs.start'](specimenSpec(variants.map(({ id }) => id)))
      store.getState().invalidate((name) => name === 'runs.list' || name === 'variants.list')
      go('runs', [run])
    } catch (error) {
      setPreparing({ state: 'failed', error: pageError(error) })
    } finally {
      store.getState().setPreparing(false)
    }
  }
  const isBusy = preparing.state === 'working' || running !== undefined
  // While it is the one that runs, or is about to be, nothing is offered in its place.
  const earlier = useEarlierRun(runs, isBusy ? null : plan)
  const first = earlier === null ? () => void start() : () => go('runs', [earlier.id])
  useActions('bench', { compare: isBusy ? undefined : first })
  const n = suite?.n ?? null
  const resolvable = dataOf(useLab('suites.resolvable', n === null ? null : { counts: [n] }))
  const points = resolvable?.points[0]?.toFixed(1) ?? null
  return (
    <>
      <div className={styles['start']}>
        <p className="hint">{runs.length === 0 ? 'Nothing measured yet' : 'As on the first start'}</p>
        <h2 className={styles['headline']}>Compare the specimen’s precisions</h2>
        <p className="read quiet">
          The specimen is a 3.9 M parameter language model that ships with Assay. It is put through the same {n ?? '-'}{' '}
          prompts at {specimenPrecisions.length} precisions on the built-in engine, and every variant gets a verdict
          against F16.
        </p>
        <div className={styles['buttons']}>
          <Button kind="primary" size="large" {...(!isBusy && { hotkey: 'Enter' })} disabled={isBusy} onClick={first}>
            {earlier === null && preparing.state !== 'working' && <Play aria-hidden />}
            {preparing.state === 'working'
              ? 'Making the variants…'
              : earlier === null
                ? `Compare ${specimenPrecisions.length} precisions`
                : `Open run ${earlier.id}`}
          </Button>
          {earlier !== null && (
            <Button size="large" onClick={() => void start()}>
              <Play aria-hidden />
              Run again
            </Button>
          )}
          <LinkButton size="large" href={routeHash('runs', ['new'])}>
            Choose what to run
          </LinkButton>
        </div>
        {earlier !== null && (
          <p className="hint">
            {isComplete(earlier)
              ? `Run ${earlier.id} has compared these files on these prompts, ${moment(earlier.createdAtMs)}.`
              : `Run ${earlier.id} of these files and prompts, ${moment(earlier.createdAtMs)}, is not complete: it can go on where it stopped.`}
          </p>
        )}
        {running !== undefined && (
          <p className="hint">
            <a href={routeHash('runs', [running.id])}>
              Run {running.id} {running.name}
            </a>{' '}
            is going. One run at a time, so that times can be compared.
          </p>
        )}
        <PreparingNote preparing={preparing} />
        <dl className={styles['plan']}>
          <Figure name="cells" value={n === null ? '-' : count(n * specimenPrecisions.length)} />
          <Figure name="loads" value={String(specimenPrecisions.length)} unit="of 2 to 8 MB" />
          <Figure
            name="time"
            value={plan?.seconds == null ? '1 to 3' : duration(plan.seconds)}
            unit={plan?.seconds == null ? 'min' : ''}
          />
          <Figure name="downloaded" value="0" unit="bytes" />
          <Figure name="resolves" value={points ?? '-'} unit="points" />
        </dl>
        {resolvable !== null && points !== null && (
          <p className={styles['caption']}>
            With {n} prompts a loss under {points} points cannot be told from none, if{' '}
            {Math.round(100 * resolvable.flipRate)} % of them flip.
          </p>
        )}
      </div>
      <VariantTable variants={made} />
    </>
  )
}

function PreparingNote({ preparing }: { readonly preparing: Preparing }) {
  if (preparing.state === 'idle') return null
  if (preparing.state === 'failed') return <ErrorNotice error={preparing.error} />
  const { progress } = preparing
  const share =
    progress === null || progress.totalBytes === null || progress.totalBytes === 0
      ? null
      : progress.doneBytes / progress.totalBytes
  return (
    <div className="stack" style={{ marginTop: 16, maxWidth: 420 }}>
      <ProgressBar share={share} label="making the specimen's variants" />
      <span className="hint">{progress?.step ?? 'making the variants'}</span>
    </div>
  )
}

function Figure({ name, value, unit = '' }: { readonly name: string; readonly value: string; readonly unit?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} {unit !== '' && <span>{unit}</span>}
      </dd>
    </div>
  )
}

/** The specimen's own files at the precisions of the first run, finest first; fewer before they were made. */
function specimenVariants(variants: readonly Variant[]): readonly Variant[] {
  return specimenPrecisions.flatMap(
    (name) =>
      variants.find(
        ({ engine, family, precision }) => engine === 'builtin' && family === 'specimen' && precision.name === name,
      ) ?? [],
  )
}

const notMadeYet = 'counted when the file has been made'

function VariantTable({ variants }: { readonly variants: readonly Variant[] }) {
  const widest = Math.max(...variants.map(({ sizeBytes }) => sizeBytes), 1)
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th>Variant</th>
          <th className="num">Bits per weight</th>
          <th>
            <span className="sr">Share of the largest</span>
          </th>
          <th className="num">Size</th>
          <th className="only-wide">Made how</th>
        </tr>
      </thead>
      <tbody>
        {specimenPrecisions.map((name, index) => {
          const variant = variants.find(({ precision }) => precision.name === name)
          const size = variant === undefined ? null : bytes(variant.sizeBytes)
          return (
            <tr key={name}>
              <td>
                <PrecisionMark name={name} {...(index === 0 && { note: 'reference' })} />
              </td>
              <td className="num">
                {variant?.precision.bitsPerWeight?.toFixed(2) ?? <span title={notMadeYet}>-</span>}
              </td>
              <td>
                <span className={styles['share']}>
                  {variant !== undefined && <i style={{ width: `${(variant.sizeBytes / widest) * 100}%` }} />}
                </span>
              </td>
              <td className="num">
                {size === null ? (
                  <span title={notMadeYet}>-</span>
                ) : (
                  <>
                    {size.figure} <span className="unit">{size.unit}</span>
                  </>
                )}
              </td>
              <td className="only-wide quiet">{madeHow(name, variant !== undefined)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function madeHow(precision: string, exists: boolean): string {
  if (precision === 'F16') return 'as trained'
  if (precision.includes('simulated'))
    return exists ? 'simulated, stored as F16' : 'simulated from F16 in about a second'
  return exists ? 'made from F16' : 'made from F16 in about a second'
}
