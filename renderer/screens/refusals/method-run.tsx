import { endpointName } from '#shared/domain/engine-name.ts'
import { countText } from '#shared/domain/figures.ts'
import type { Run } from '#shared/domain/run.ts'
import type { HashedSuite } from '#shared/domain/suite.ts'
import { moment } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { PrecisionMark } from '../../ui/badge.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import styles from './method.module.css'
import { Part, Row } from './method-parts.tsx'
import { nameOf, type RefusalRun } from './refusal-run.ts'

/** Pack, variants and settings: enough to do it again. */
export function MethodRun({ of }: { readonly of: RefusalRun }) {
  const { run } = of
  return (
    <>
      {run.suites.map((suite) => (
        <Pack key={suite.hash} suite={suite} />
      ))}
      <Part title="Variants">
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">Engine</th>
              <th scope="col">Digest</th>
            </tr>
          </thead>
          <tbody>
            {run.variants.map(({ index, role, variant }) => (
              <tr key={index}>
                <td>
                  <PrecisionMark
                    name={variant.precision.name}
                    label={nameOf(of, index)}
                    {...(role === 'reference' ? { note: 'reference' } : {})}
                  />
                </td>
                <td>{endpointName(variant.endpoint, variant.engine)}</td>
                <td className={styles['digest']}>{variant.digest}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      <Settings run={run} />
    </>
  )
}

function Pack({ suite }: { readonly suite: Run['suites'][number] }) {
  const answer = useLab('suites.get', { suite: suite.hash })
  const pack = dataOf(answer)
  return (
    <Part title={`Probe pack ${suite.name}`}>
      {answer.status === 'failed' && <ErrorNotice error={answer.error} />}
      {pack !== null && pack.description !== '' && <p className="quiet">{pack.description}</p>}
      <dl className={styles['facts']}>
        <Row name="asked">{countText(suite.n)} prompts</Row>
        {pack !== null && <Row name="in the pack">{roleWords(pack)}</Row>}
        {pack !== null && (
          <Row name="topics">
            {countText(
              new Set(pack.prompts.flatMap(({ probe }) => (probe?.role === 'sensitive' ? [probe.topic] : []))).size,
            )}{' '}
            sensitive, each beside a control of the same wording
          </Row>
        )}
        <Row name="hash">
          <span className={styles['digest']}>{suite.hash}</span>
        </Row>
        {pack?.license !== undefined && <Row name="licence">{pack.license}</Row>}
        {pack !== null && pack.attribution.length > 0 && <Row name="from">{pack.attribution.join('; ')}</Row>}
      </dl>
      <a href={routeHash('suites', [suite.name])}>Read its prompts</a>
    </Part>
  )
}

/** `160 sensitive, 160 control, … in en and zh-Hans`. */
function roleWords({ prompts }: HashedSuite): string {
  const roles = [...Map.groupBy(prompts, ({ probe }) => probe?.role ?? 'no probe')]
  const languages = [...new Set(prompts.map(({ lang }) => lang))]
  return `${roles.map(([role, of]) => `${countText(of.length)} ${role}`).join(', ')}; ${languages.join(', ')}`
}

function Settings({ run }: { readonly run: Run }) {
  const { spec, arms, samples, counts } = run
  const { temperature, topP, seed } = spec.sampling
  return (
    <Part title="Run">
      <dl className={styles['facts']}>
        <Row name="cells">
          {countText(counts.done)} answered, {countText(counts.error)} ended with an error, of {countText(counts.total)}
        </Row>
        <Row name="arms">
          {arms.join(', ')}; {samples} {samples === 1 ? 'sample' : 'samples'} of each
        </Row>
        <Row name="sampling">
          {temperature === 0 ? 'greedy' : `temperature ${temperature}, top-p ${topP}`}, seed {seed}
        </Row>
        <Row name="budget">
          {countText(spec.maxTokens)} tokens in a context of {countText(spec.contextTokens)}
        </Row>
        <Row name="when">{moment(run.startedAtMs ?? run.createdAtMs)}</Row>
        {Object.keys(spec.where).length > 0 && (
          <Row name="only">
            {Object.entries(spec.where)
              .map(([tag, value]) => `${tag} ${value}`)
              .join(', ')}
          </Row>
        )}
      </dl>
    </Part>
  )
}
