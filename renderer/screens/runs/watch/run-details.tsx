import { marginText } from '#shared/domain/figures.ts'
import { Copy } from 'lucide-react'
import { useMemo } from 'react'
import { endpointName } from '#shared/domain/engine-name.ts'
import { shortDigest } from '#shared/domain/ids.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import { variantNames } from '#shared/domain/variant-names.ts'
import { bytes, count, duration, moment } from '../../../format/numbers.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { PrecisionMark } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/region.tsx'
import { useCopy } from '../../../ui/use-copy.ts'
import styles from './run-details.module.css'

/** What was asked for, what was planned, and what the cells really ran with. */
export function RunDetails({ run }: { readonly run: Run }) {
  const { spec, plan } = run
  const copy = useCopy()
  const prompts = plan.suites.reduce((sum, { n }) => sum + n, 0)
  return (
    <section className={styles['details']} aria-label="Details">
      <div className={styles['detailgrid']}>
        <div>
          <h2>Run</h2>
          <Pairs
            pairs={[
              ['Created', moment(run.createdAtMs)],
              ['Started', run.startedAtMs === null ? '-' : moment(run.startedAtMs)],
              ['Ended', run.finishedAtMs === null ? '-' : moment(run.finishedAtMs)],
              ['Time', `${duration(run.activeSeconds)}, pauses left out`],
              ...plan.suites.map(
                ({ name, n, hash }) => ['Suite', `${name}, ${count(n)} prompts, ${shortDigest(hash)}`] as const,
              ),
              ['Arms', spec.arms.join(', ')],
              ['Samples', String(spec.samples)],
              ['Only prompts with', tagText(spec.where)],
              ['Prompts of each suite', spec.limit === null ? 'all' : count(spec.limit)],
            ]}
          />
        </div>
        <div>
          <h2>Settings</h2>
          <Pairs
            pairs={[
              ['Margin', `${marginText(spec.margin)}, fixed before the first cell`],
              ['Error rate of the verdict', `${spec.alpha}, one-sided`],
              ['Sampling', samplingText(spec.sampling)],
              ['Seed', String(spec.sampling.seed)],
              ['Context', `${count(spec.contextTokens)} tokens`],
              ['Token budget of a cell', `${count(spec.maxTokens)} tokens`],
              ['Idle time-out', duration(spec.idleTimeoutMs / 1000)],
              ['Retries', String(spec.retries)],
              ['Alternatives a token', spec.alternatives === null ? 'none stored' : String(spec.alternatives)],
              ['Cells at once', spec.concurrency === null ? 'as the engine states' : String(spec.concurrency)],
              ['Threads', spec.threads === null ? 'the engine’s choice' : String(spec.threads)],
              ['Judge', spec.judge ?? 'none'],
              ['Noise floor', spec.noiseFloor ? 'the reference ran twice' : 'not measured'],
            ]}
          />
        </div>
        <div>
          <h2>Plan</h2>
          <Pairs
            pairs={[
              ['Cells', count(plan.cells)],
              ['Prompts', count(prompts)],
              ['Loads', `${plan.loads}, ${bytes(plan.bytes).figure} ${bytes(plan.bytes).unit} of weights`],
              ['Time', plan.seconds === null ? 'not known then' : `about ${duration(plan.seconds)}`],
              // Plans of earlier versions do not count what is graded, and took every prompt for it.
              ...(plan.resolvablePoints !== null && plan.graded > 0
                ? [['Resolves', `${plan.resolvablePoints.toFixed(1)} points`] as const]
                : []),
            ]}
          />
          {plan.warnings.map(({ message }) => (
            <Notice key={message} kind="warn" what={message} />
          ))}
          <Button size="small" onClick={() => copy(JSON.stringify({ spec, plan }, null, 2))}>
            <Copy aria-hidden /> Copy as JSON
          </Button>
        </div>
        <Variants run={run} />
        <Fingerprints run={run} />
      </div>
    </section>
  )
}

function Variants({ run }: { readonly run: Run }) {
  const names = variantNames(run.variants)
  return (
    <div>
      <h2>Variants</h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>Variant</th>
            <th className="num">Bits per weight</th>
            <th className="num">Size</th>
            <th>Digest</th>
            <th>Engine</th>
          </tr>
        </thead>
        <tbody>
          {run.variants.map(({ index, role, variant }) => (
            <tr key={index}>
              <td title={variant.id}>
                <PrecisionMark
                  name={variant.precision.name}
                  label={names.get(index) ?? variant.name}
                  {...(role === 'reference' && { note: 'reference' })}
                />
              </td>
              <td className="num">{variant.precision.bitsPerWeight?.toFixed(2) ?? '-'}</td>
              <td className="num">
                {bytes(variant.sizeBytes).figure} <span className="unit">{bytes(variant.sizeBytes).unit}</span>
              </td>
              <td className="mono" title={variant.digest}>
                {shortDigest(variant.digest)}
              </td>
              <td>{endpointName(variant.endpoint, variant.engine)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the cells of each variant really ran with, from the first that did; equal ones are said once. */
function Fingerprints({ run }: { readonly run: Run }) {
  const prompt = dataOf(
    useLab('cells.prompt', { run: run.id, promptIndex: 0, arm: run.arms[0] ?? 'natural', sample: 0 }),
  )
  const groups = useMemo(() => {
    const known = (prompt?.cells ?? []).flatMap(({ variantIndex, fingerprint }) =>
      fingerprint === null ? [] : [{ variantIndex, fingerprint }],
    )
    return [...Map.groupBy(known, ({ fingerprint }) => JSON.stringify({ ...fingerprint, variantDigest: '' })).values()]
  }, [prompt])
  const names = variantNames(run.variants)
  return (
    <div>
      <h2>Ran with</h2>
      {groups.length === 0 && <p className="hint">Known once a cell has run.</p>}
      {groups.map((members) => {
        const [first] = members
        return first === undefined ? null : (
          <div key={JSON.stringify(first.fingerprint)}>
            <p className="quiet">{members.map(({ variantIndex }) => names.get(variantIndex)).join(', ')}</p>
            <Pairs pairs={fingerprintPairs(first.fingerprint)} />
          </div>
        )
      })}
    </div>
  )
}

const fingerprintPairs = (fingerprint: Fingerprint): readonly (readonly [string, string])[] => [
  ['Engine', `${fingerprint.engine}, ${fingerprint.engineVersion}`],
  ['Template', fingerprint.templateHash.replace('sha256:', '').slice(0, 12)],
  ['Context', fingerprint.contextTokens === null ? '-' : `${count(fingerprint.contextTokens)} tokens`],
  ['Threads', fingerprint.threads === null ? 'the engine’s choice' : String(fingerprint.threads)],
  ['Batch', fingerprint.batchTokens === null ? 'the engine’s choice' : `${count(fingerprint.batchTokens)} tokens`],
  ['On an accelerator', fingerprint.offloaded === null ? 'not said' : `${Math.round(fingerprint.offloaded * 100)} %`],
  ['Asked as', fingerprint.mode === 'raw' ? 'exact text' : 'chat messages'],
  ['Assay', fingerprint.assayVersion],
]

function Pairs({ pairs }: { readonly pairs: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className={styles['list']}>
      {pairs.map(([name, value], index) => (
        <div key={`${name} ${index}`} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const tagText = (where: Readonly<Record<string, string>>): string =>
  Object.entries(where)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ') || 'any tag'

function samplingText({ temperature, topP, topK, minP, repeatPenalty }: Run['spec']['sampling']): string {
  if (temperature === 0) return 'greedy'
  const parts = [`temperature ${temperature}`, `top-p ${topP}`]
  if (topK > 0) parts.push(`top-k ${topK}`)
  if (minP > 0) parts.push(`min-p ${minP}`)
  if (repeatPenalty !== 1) parts.push(`repeat penalty ${repeatPenalty}`)
  return parts.join(', ')
}
