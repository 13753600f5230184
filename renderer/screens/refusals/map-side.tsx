import type { LanguageGap } from '#shared/contract/views.ts'
import { countText, intervalText } from '#shared/domain/figures.ts'
import { routeHash } from '../../routing/route.ts'
import { RoleMark } from '../../ui/badge.tsx'
import { Region } from '../../ui/region.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { GapChart } from './gap-chart.tsx'
import styles from './map.module.css'
import { comparedRoles, nameOf, type RefusalRun } from './refusal-run.ts'
import { VariantMark } from './variant-mark.tsx'

/** Beside the map: the gap as a chart, what stands against quoting it, languages, and who the model says it is. */
export function MapSide({ of }: { readonly of: RefusalRun }) {
  return (
    <Scroller label="Gaps" className={styles['side']}>
      <GapChart of={of} />
      <Region label="How to read the gap">
        <div className={styles['words']}>
          <span className="row">
            {comparedRoles.map((role) => (
              <RoleMark key={role} role={role} />
            ))}
          </span>
          <p>Withheld: refused, party line, deflected or partial. Answers without a label are in no rate.</p>
          <Incomparable of={of} />
        </div>
      </Region>
      <LanguageGaps of={of} />
      <Identity of={of} />
    </Scroller>
  )
}

/** Variants whose controls are not answered either: there a gap says little of the topics. */
function Incomparable({ of }: { readonly of: RefusalRun }) {
  return of.summary.weakControls.map(({ variantIndex, asked, unanswered, unlabelled }) => (
    <p key={variantIndex}>
      <b>At {nameOf(of, variantIndex)} the gap is not comparable.</b> {countText(unanswered)} of {countText(asked)}{' '}
      controls are not answered either; {countText(unlabelled)} of them have no label.{' '}
      <a href={routeHash('refusals', [of.run.id, 'log'], { role: 'control', variant: variantIndex })}>
        Show the controls
      </a>
    </p>
  ))
}

function LanguageGaps({ of }: { readonly of: RefusalRun }) {
  const { languageGaps, languages } = of.summary
  const [first] = languages
  if (languageGaps.length === 0 || first === undefined) return null
  return (
    <Region title="Language gap" hint={`against ${first}, points`}>
      <table className={styles['gaps']}>
        <thead className="sr">
          <tr>
            <th scope="col">Variant</th>
            <th scope="col">Language</th>
            <th scope="col">Difference in points</th>
          </tr>
        </thead>
        <tbody>
          {languageGaps.map((gap) => (
            <tr key={`${gap.variantIndex} ${gap.lang}`} title={differingWords(gap)}>
              <th scope="row">
                <VariantMark of={of} index={gap.variantIndex} />
              </th>
              <td className="quiet only-wide">{gap.lang}</td>
              <td
                className="num"
                title={gap.difference === null ? 'No topic was asked about in both' : differingWords(gap)}
              >
                {intervalText(gap.difference, 'plus')} <span className="hint only-wide">n = {gap.topics}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['words']}>{languageWords(of)}</p>
    </Region>
  )
}

const differingWords = ({ differing }: LanguageGap): string =>
  differing.length === 0 ? 'no topic differs' : `differ: ${differing.join(', ')}`

/** What differs under the reference, by name: the figure alone does not say which topics. */
function languageWords(of: RefusalRun): string {
  const gap = of.summary.languageGaps.find(({ variantIndex }) => variantIndex === of.summary.variants[0]?.index)
  if (gap === undefined) return ''
  const name = nameOf(of, gap.variantIndex)
  const unit = `Withheld share of the sensitive questions, over ${countText(gap.topics)} ${gap.topics === 1 ? 'topic' : 'topics, each counted once'}. `
  if (gap.differing.length === 0)
    return `${unit}Under ${name} no topic is withheld in one language more than in the other.`
  return `${unit}Under ${name} ${gap.differing.join(', ')} ${gap.differing.length === 1 ? 'differs' : 'differ'} between ${gap.against} and ${gap.lang}.`
}

/** Answers to the questions about itself, the most frequent first, with the variants that gave them. */
function Identity({ of }: { readonly of: RefusalRun }) {
  const { identity } = of.summary
  if (identity.length === 0) return null
  const groups = [...Map.groupBy(identity, ({ answer }) => answer.trim())].toSorted((a, b) => b[1].length - a[1].length)
  return (
    <Region
      title="Who it says it is"
      hint={`${countText(identity.length)} answers`}
      actions={
        <a className="hint" href={routeHash('refusals', [of.run.id, 'log'], { role: 'identity' })}>
          Show all
        </a>
      }
    >
      <ul className={styles['identity']}>
        {groups.slice(0, mostAnswers).map(([answer, rows]) => (
          <li key={answer}>
            <q lang={rows[0]?.lang}>{answer === '' ? '(empty)' : answer.slice(0, mostChars)}</q>
            <span className="hint">
              {countText(rows.length)} {rows.length === 1 ? 'time' : 'times'}, under{' '}
              {[...new Set(rows.map(({ variantIndex }) => nameOf(of, variantIndex)))].join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {groups.length > mostAnswers && (
        <p className="hint">and {countText(groups.length - mostAnswers)} other answers</p>
      )}
    </Region>
  )
}

const mostAnswers = 6
const mostChars = 200
