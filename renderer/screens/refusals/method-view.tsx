import type { OutcomeCounts } from '#shared/contract/refusal-views.ts'
import { countText, intervalText } from '#shared/domain/figures.ts'
import { percent } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LabelTile, RoleMark } from '../../ui/badge.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { AgreementTable } from './agreement-panel.tsx'
import { Part, Row } from './method-parts.tsx'
import { MethodRun } from './method-run.tsx'
import styles from './method.module.css'
import { givenLabels } from './label-form.tsx'
import { nameOf, type RefusalRun } from './refusal-run.ts'
import { labelMeanings } from './review-item.tsx'
import { versionWords } from './rule-words.ts'
import { measuredRules, rulesLimits, rulesRows, wordingGuard } from './rules-limits.ts'
import { VariantMark } from './variant-mark.tsx'

/** What was measured, with what, by whom, and what may be said of it. */
export function MethodView({ of }: { readonly of: RefusalRun }) {
  return (
    <Scroller label="Method" className={styles['method']}>
      <div className={styles['columns']}>
        <div>
          <MethodRun of={of} />
          <Labels of={of} />
        </div>
        <div>
          <Part title="What may be said">
            <ul className={styles['notes']}>
              {of.summary.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Part>
          <Wording />
          <Definitions />
          <RulesQuality of={of} />
        </div>
      </div>
      <Part title="All rates">
        <RateTable of={of} />
      </Part>
    </Scroller>
  )
}

/** Who gave the labels, and how much a person has read. */
function Labels({ of }: { readonly of: RefusalRun }) {
  const agreement = dataOf(useLab('refusals.agreement', { run: of.run.id }))
  const counts = dataOf(useLab('refusals.counts', { run: of.run.id }))
  if (agreement === null) return null
  const share = agreement.labelled === 0 ? null : agreement.reviewed / agreement.labelled
  return (
    <Part title="Labels">
      <dl className={styles['facts']}>
        {agreement.labelledBy.map(({ source, by, n }) => (
          <Row key={`${source} ${by}`} name={source}>
            {source === 'rules' ? versionWords(by) : by}: {countText(n)} {n === 1 ? 'answer' : 'answers'}
          </Row>
        ))}
        {counts !== null && <Row name="labels">{labelledWords(counts)}</Row>}
        <Row name="judge">
          {agreement.labelledBy.some(({ source }) => source === 'judge') ? 'see above' : 'none was asked'}
        </Row>
        <Row name="reviewed">
          {countText(agreement.reviewed)} of {countText(agreement.labelled)} answers
          {share === null ? '' : `, ${percent(share)} %`}{' '}
          <a href={routeHash('refusals', [of.run.id, 'review'])}>Review</a>
        </Row>
        <Row name="log">only ever added to; a label taken back is a line more, not a line less</Row>
      </dl>
      <AgreementTable agreement={agreement} />
    </Part>
  )
}

/** All answers, each counted once, in the words of the log: `1,751 of 2,180 answers; 8 error or truncated, …`. */
function labelledWords({ total, outcomes, unlabelledByRole }: OutcomeCounts): string {
  const nothingToJudge = outcomes.error + outcomes.truncated
  const others = [
    [nothingToJudge, 'error or truncated'],
    [outcomes.none - unlabelledByRole, 'without a label'],
    [unlabelledByRole, 'identity and made-up, not labelled'],
  ] as const
  const said = others.flatMap(([n, words]) => (n === 0 ? [] : [`${countText(n)} ${words}`]))
  const labelled = `${countText(total - nothingToJudge - outcomes.none)} of ${countText(total)} answers`
  return [labelled, ...said].join('; ')
}

function Wording() {
  return (
    <Part title="Wording">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Measured: say</th>
            <th scope="col">Not measured: do not say</th>
          </tr>
        </thead>
        <tbody>
          {wordingGuard.map(([say, notThat]) => (
            <tr key={say}>
              <td>{say}</td>
              <td className="quiet">{notThat}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        k and n: counts of one variant, as they stand under All rates. A label describes a text. Why a text came about
        cannot be seen in it.
      </p>
    </Part>
  )
}

function Definitions() {
  return (
    <Part title="Labels, in the order of keys">
      <dl className={styles['labels']}>
        {givenLabels.map((outcome) => (
          <div key={outcome}>
            <dt>
              <LabelTile outcome={outcome} />
            </dt>
            <dd>{labelMeanings[outcome]}</dd>
          </div>
        ))}
        <div>
          <dt>
            <LabelTile outcome="none" />
          </dt>
          <dd>
            The rules will not guess. It waits for a person, is in no rate, and the bounds say what it could change.
          </dd>
        </div>
      </dl>
      <p className="hint">Withheld: partial, deflected, party line or refused.</p>
    </Part>
  )
}

/** How good the rules are, if that was measured for the ones that gave these labels. */
function RulesQuality({ of }: { readonly of: RefusalRun }) {
  const { rulesVersion } = of.summary
  return (
    <Part title="Limits of the rules">
      {rulesVersion === measuredRules ? (
        <table className={styles['table']}>
          <caption>
            {versionWords(rulesVersion)} on answers of real models without facts to look for; no label counts as wrong.
            With the facts of a pack they find more: the designed label on 366 of 368 probes of the specimen at F16.
          </caption>
          <thead>
            <tr>
              <th scope="col">Held out</th>
              <th scope="col">Lang</th>
              <th scope="col" className="num">
                Answered, found
              </th>
              <th scope="col" className="num">
                Withheld, found
              </th>
              <th scope="col" className="num">
                Balanced
              </th>
            </tr>
          </thead>
          <tbody>
            {rulesRows.map(({ answers, lang, complied, withheld, balanced }) => (
              <tr key={`${answers} ${lang}`}>
                <td>{answers}</td>
                <td>{lang}</td>
                <td className="num">
                  {percent(complied[1])} % <span className="hint">of {countText(complied[0])}</span>
                </td>
                <td className="num">
                  {percent(withheld[1])} % <span className="hint">of {countText(withheld[0])}</span>
                </td>
                <td className="num">{percent(balanced)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="quiet">How good {versionWords(rulesVersion)} are has not been measured.</p>
      )}
      <ul className={styles['notes']}>
        {rulesLimits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </Part>
  )
}

/** Every group of probes: what the summary pools, with the bounds that the answers without a label leave open. */
function RateTable({ of }: { readonly of: RefusalRun }) {
  const rates = of.summary.rates.filter(({ n, unreviewed, failed }) => n + unreviewed + failed > 0)
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Variant</th>
          <th scope="col">Role</th>
          <th scope="col">Language</th>
          <th scope="col" className="num">
            Withheld
          </th>
          <th scope="col" className="num">
            % [95 %, Wilson]
          </th>
          <th scope="col" className="num">
            No label
          </th>
          <th scope="col" className="num" title="If every answer without a label were complied, and if none were">
            Bounds, %
          </th>
          <th scope="col" className="num">
            Errors
          </th>
        </tr>
      </thead>
      <tbody>
        {rates.map((rate) => (
          <tr key={`${rate.variantIndex} ${rate.role} ${rate.lang}`}>
            <td title={nameOf(of, rate.variantIndex)}>
              <VariantMark of={of} index={rate.variantIndex} />
            </td>
            <td>
              <RoleMark role={rate.role} />
            </td>
            <td>{rate.lang}</td>
            <td className="num">
              {countText(rate.censored)} of {countText(rate.n)}
            </td>
            <td className="num">{intervalText(rate.rate)}</td>
            <td className="num">{countText(rate.unreviewed)}</td>
            <td className="num" title={rate.unreviewed === 0 ? 'Every answer has a label' : undefined}>
              {rate.bounds === null || rate.unreviewed === 0
                ? '-'
                : `${percent(rate.bounds.low)} to ${percent(rate.bounds.high)}`}
            </td>
            <td className="num">{countText(rate.failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
