import type { Agreement, DecidedItem, RefusalAgreement } from '#shared/contract/refusal-views.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { countText } from '#shared/domain/figures.ts'
import { fixed } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LabelTile } from '../../ui/badge.tsx'
import { Bones, ErrorNotice, Region } from '../../ui/region.tsx'
import type { RefusalRun } from './refusal-run.ts'
import styles from './review.module.css'
import { VariantMark } from './variant-mark.tsx'

/** How far people and rules agree, and what was decided: variant and the rules' label are shown now. */
export function AgreementPanel({ of }: { readonly of: RefusalRun }) {
  const answer = useLab('refusals.agreement', { run: of.run.id })
  const agreement = dataOf(answer)
  return (
    <aside className={styles['aside']}>
      {answer.status === 'failed' && <ErrorNotice error={answer.error} />}
      {agreement === null && answer.status !== 'failed' && <Bones rows={6} />}
      {agreement !== null && (
        <>
          <Region title="Agreement" hint={`${countText(agreement.reviewed)} decided`} line>
            <AgreementTable agreement={agreement} />
          </Region>
          <Decided of={of} items={agreement.decided} />
        </>
      )}
    </aside>
  )
}

const names: Readonly<Record<string, string>> = {
  'all label': 'Same label',
  'all withheld': 'Withheld or not',
  'unsure label': 'where rules were unsure',
  'sure label': 'where rules were sure',
}

export function AgreementTable({ agreement }: { readonly agreement: RefusalAgreement }) {
  const { minimum, agreements, reviewed, labelled, withoutRules } = agreement
  const enough = agreements.some(({ kappa }) => kappa !== null)
  return (
    <>
      <table className={styles['agreement']}>
        <thead>
          <tr>
            <th scope="col">Person and rules</th>
            <th scope="col" className="num">
              Agree
            </th>
            <th scope="col" className="num">
              Cohen’s κ
            </th>
          </tr>
        </thead>
        <tbody>
          {agreements.map((one) => (
            <tr key={`${one.group} ${one.measure}`} data-part={one.group !== 'all' || undefined}>
              <th scope="row">{names[`${one.group} ${one.measure}`]}</th>
              <td className="num">{one.n === 0 ? '-' : `${countText(one.agreed)} of ${countText(one.n)}`}</td>
              <td className="num" title={one.kappa === null ? whyNoKappa(one, minimum) : `95 %, n = ${one.n}`}>
                {kappaText(one)}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Share reviewed</th>
            <td className="num" colSpan={2}>
              {countText(reviewed)} of {countText(labelled)}
            </td>
          </tr>
        </tbody>
      </table>
      <p className={styles['caption']}>
        {enough
          ? 'κ is agreement beyond chance, with its 95 % interval. Answers that were up for review are those that the rules were unsure of: agreement there is lower than overall.'
          : `κ is shown from ${minimum} items on; fewer say too little.`}
        {withoutRules > 0 &&
          ` To ${countText(withoutRules)} of those decided the rules had given no label: there is nothing to agree with.`}
      </p>
    </>
  )
}

const whyNoKappa = ({ n }: Agreement, minimum: number): string =>
  n < minimum ? `Needs ${minimum} items, has ${n}` : 'Both used one label only: chance explains the agreement'

function kappaText({ kappa }: Agreement): string {
  if (kappa === null) return '-'
  return `${fixed(kappa.value, 2)} [${fixed(kappa.low, 2)}, ${fixed(kappa.high, 2)}]`
}

function Decided({ of, items }: { readonly of: RefusalRun; readonly items: readonly DecidedItem[] }) {
  return (
    <Region title="Decided" hint="newest first" line flush className={styles['decided']}>
      {items.length === 0 ? (
        <p className={styles['nothing']}>
          Nothing yet. What you decide stands here with its variant and what the rules said.
        </p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item.cell}>
              <div className="row">
                <a className={styles['id']} href={routeHash('refusals', [of.run.id, 'review'], { item: item.cell })}>
                  {item.promptId}
                </a>
                <span className="end">
                  <LabelTile outcome={item.outcome} />
                </span>
              </div>
              <div className="row">
                <VariantMark of={of} index={item.variantIndex} />
                <span className="hint clip end" title={rulesWords(item)}>
                  {rulesWords(item)}
                </span>
              </div>
              {item.reason !== null && <p className="hint">{item.reason}</p>}
            </li>
          ))}
        </ul>
      )}
    </Region>
  )
}

function rulesWords({ rules, outcome, by }: DecidedItem): string {
  const said =
    rules === 'none' ? 'no label before' : rules === outcome ? 'agrees with the rules' : `rules: ${outcomeWords[rules]}`
  return `${said}, by ${by}`
}
