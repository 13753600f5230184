import { ChevronDown, ChevronRight } from 'lucide-react'
import type { CensorshipGap, RefusalRate, WeakControls } from '#shared/contract/views.ts'
import type { Estimate } from '#shared/domain/comparison.ts'
import { countText, intervalText } from '#shared/domain/figures.ts'
import { percent } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { RoleMark } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/controls.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { comparedRoles, nameOf, rateOf, type RefusalRun } from './refusal-run.ts'
import styles from './summary.module.css'
import { VariantMark } from './variant-mark.tsx'

/**
 * What the run comes to, a line a variant: withheld among sensitive questions and controls, the gap, and what stands beside it.
 * `open`: how it is before somebody folds or unfolds it.
 */
export function SummaryBand({ of, open }: { readonly of: RefusalRun; readonly open: boolean }) {
  const { summary, route } = of
  const languages = ['all', ...summary.languages]
  const lang = languages.find((candidate) => candidate === route.query['of']) ?? 'all'
  const folded = (route.query['summary'] ?? (open ? 'on' : 'off')) === 'off'
  const Glyph = folded ? ChevronRight : ChevronDown
  return (
    <section className={styles['band']} aria-label="Summary">
      <div className={styles['head']}>
        <Button
          kind="quiet"
          size="small"
          aria-expanded={!folded}
          onClick={() => refine({ summary: folded ? 'on' : 'off' })}
        >
          <Glyph aria-hidden /> Summary
        </Button>
        <span className="hint clip">
          {folded
            ? digest(of)
            : 'sensitive questions and controls; withheld: refused, party line, deflected or partial; intervals 95 %'}
        </span>
        {languages.length > 2 && !folded && (
          <span className="end">
            <Segment
              label="Language of the summary"
              value={lang}
              choices={languages.map((value) => ({ value, label: value }))}
              onChange={(value) => refine({ of: value === 'all' ? undefined : value })}
            />
          </span>
        )}
      </div>
      {!folded && <SummaryTable of={of} lang={lang} />}
    </section>
  )
}

/** `withheld under F16: 130 of 160 sensitive, 1 of 160 control`. */
function digest(of: RefusalRun): string {
  const [first] = of.summary.variants
  if (first === undefined) return ''
  const figures = comparedRoles.map((role) => {
    const rate = rateOf(of, { index: first.index, lang: 'all', role })
    return `${countText(rate?.censored ?? 0)} of ${countText(rate?.n ?? 0)} ${role}`
  })
  return `withheld under ${nameOf(of, first.index)}: ${figures.join(', ')}`
}

function SummaryTable({ of, lang }: { readonly of: RefusalRun; readonly lang: string }) {
  const { run, summary } = of
  const hasIdentity = summary.identity.length > 0
  return (
    <Scroller label="Summary by variant" className={styles['scroll']}>
      <table>
        <thead>
          <tr>
            <th scope="col">Variant</th>
            {comparedRoles.map((role) => (
              <th key={role} scope="col">
                <RoleMark role={role} /> withheld
              </th>
            ))}
            <th scope="col" title="Sensitive minus control, over pairs in which both have a label">
              Gap, points
            </th>
            <th scope="col" className="only-wide">
              Without a label
            </th>
            <th
              scope="col"
              className="only-wide"
              title="Sensitive questions of all languages whose thinking was opened and closed with nothing in it"
            >
              Thinking empty
            </th>
            {hasIdentity && <th scope="col">Who it says it is</th>}
          </tr>
        </thead>
        <tbody>
          {summary.variants.map(({ index }) => (
            <tr key={index}>
              <th scope="row">
                <VariantMark of={of} index={index} />
              </th>
              {comparedRoles.map((role) => (
                <RateCell key={role} rate={rateOf(of, { index, lang, role })} />
              ))}
              <GapCell
                gap={summary.gaps.find((gap) => gap.variantIndex === index && gap.lang === lang)}
                weak={summary.weakControls.find(({ variantIndex }) => variantIndex === index)}
              />
              <UnlabelledCell
                rates={summary.rates.filter((rate) => rate.variantIndex === index && rate.lang === lang)}
              />
              <EmptyThinkingCell of={of} index={index} />
              {hasIdentity && (
                <td>
                  <a href={routeHash('refusals', [run.id, 'log'], { role: 'identity', variant: index })}>
                    {countText(summary.identity.filter(({ variantIndex }) => variantIndex === index).length)} answers
                  </a>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

function RateCell({ rate }: { readonly rate: RefusalRate | undefined }) {
  if (rate === undefined || rate.rate === null) return <td title="No labelled answer of this kind">-</td>
  return (
    <td>
      <RateFigure rate={rate} estimate={rate.rate} />
    </td>
  )
}

function RateFigure({ rate, estimate }: { readonly rate: RefusalRate; readonly estimate: Estimate }) {
  const { value, low, high } = estimate
  return (
    <span className={styles['rate']} title={boundsWords(rate)}>
      <span>
        <b>{countText(rate.censored)}</b> of {countText(rate.n)}
      </span>
      <span className={styles['bar']} data-role={rate.role} aria-hidden="true">
        <i style={{ insetInlineStart: `${100 * low}%`, width: `${Math.max(1, 100 * (high - low))}%` }} />
        <b style={{ insetInlineStart: `${100 * value}%` }} />
      </span>
      <span className="quiet">
        {intervalText(estimate)} <span className="unit">%</span>
      </span>
    </span>
  )
}

/** What the answers without a label could change. */
function boundsWords({ bounds, unreviewed }: RefusalRate): string | undefined {
  if (bounds === null || unreviewed === 0) return undefined
  const { low, high } = bounds
  return `${countText(unreviewed)} more have no label: ${percent(low, 0)} % if all of them were complied, ${percent(high, 0)} % if none were`
}

function GapCell({ gap, weak }: { readonly gap: CensorshipGap | undefined; readonly weak: WeakControls | undefined }) {
  if (gap === undefined || gap.difference === null) return <td title="No pair in which both answers have a label">-</td>
  return (
    <td title={weak === undefined ? `over ${gap.pairs} pairs` : weakWords(weak)}>
      <span className={weak === undefined ? undefined : 'quiet'}>{intervalText(gap.difference, 'plus')}</span>{' '}
      <span className="hint">
        n = {countText(gap.pairs)}
        {weak !== undefined && ', not comparable'}
      </span>
    </td>
  )
}

const weakWords = ({ asked, unanswered }: WeakControls): string =>
  `Not comparable: ${countText(unanswered)} of ${countText(asked)} controls are not answered either`

function UnlabelledCell({ rates }: { readonly rates: readonly RefusalRate[] }) {
  const [unlabelled, failed] = [
    rates.reduce((sum, rate) => sum + rate.unreviewed, 0),
    rates.reduce((sum, rate) => sum + rate.failed, 0),
  ]
  return (
    <td
      className="only-wide"
      title="Of sensitive questions and controls, in no rate: no label yet, or nothing there to judge"
    >
      {countText(unlabelled)}
      {failed > 0 && <span className="hint">, {countText(failed)} error or truncated</span>}
    </td>
  )
}

function EmptyThinkingCell({ of, index }: { readonly of: RefusalRun; readonly index: number }) {
  const found = of.summary.emptyThinking.find(({ variantIndex }) => variantIndex === index)
  if (found === undefined || found.rate === null) {
    return (
      <td className="only-wide" title="No sensitive question was answered">
        -
      </td>
    )
  }
  return (
    <td className="only-wide">
      {countText(found.empty)} of {countText(found.n)} <span className="quiet">{intervalText(found.rate)}</span>{' '}
      <span className="unit">%</span>
    </td>
  )
}
