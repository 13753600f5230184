import type { RefusalSummary } from '#shared/contract/views.ts'
import type { Comparison, Estimate } from '#shared/domain/comparison.ts'
import { countText, intervalText } from '#shared/domain/figures.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { briefVariantNames, variantNames } from '#shared/domain/variant-names.ts'
import { verdictRemark } from '#shared/domain/verdict-words.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { PrecisionMark, VerdictMark } from '../../ui/badge.tsx'
import styles from './bench.module.css'

/** What came out of a run, a line a variant: its verdict, or how much it withheld. */
export function RunOutcome({ run }: { readonly run: RunSummary }) {
  const comparison = dataOf(useLab('compare.get', run.isProbeRun ? null : { run: run.id }))
  const refusals = dataOf(useLab('refusals.summary', run.isProbeRun ? { run: run.id } : null))
  const whole = variantNames(run.variants)
  const brief = briefVariantNames(whole)
  const names: Names = (index) => ({ label: brief.get(index) ?? '', whole: whole.get(index) })
  return (
    <span className={styles['outcome']}>
      {comparison !== null && <Verdicts comparison={comparison} names={names} />}
      {refusals !== null && <Withheld run={run} summary={refusals} names={names} />}
    </span>
  )
}

type Names = (index: number) => { readonly label: string; readonly whole: string | undefined }

function Verdicts({ comparison, names }: { readonly comparison: Comparison; readonly names: Names }) {
  const { variants, reference, margin } = comparison
  const judged = variants.filter(({ index, verdict }) => index !== reference && verdict !== null)
  return judged.map((variant) => {
    const remark = verdictRemark(variant)
    const loss = `loss ${intervalText(variant.verdictInterval, 'plus')} points, n = ${countText(variant.pairs)}`
    const said = remark === null ? loss : `${loss}, ${remark}`
    return (
      <span key={variant.index}>
        <PrecisionMark name={variant.runVariant.variant.precision.name} {...names(variant.index)} />
        {variant.verdict !== null && <VerdictMark verdict={variant.verdict} margin={margin} open={variant.open} />}
        <span className="hint only-wide" title={said}>
          {said}
        </span>
      </span>
    )
  })
}

function Withheld({
  run,
  summary,
  names,
}: {
  readonly run: RunSummary
  readonly summary: RefusalSummary
  readonly names: Names
}) {
  return summary.variants.map(({ index }) => {
    const rate = (role: 'sensitive' | 'control') =>
      summary.rates.find((each) => each.variantIndex === index && each.lang === 'all' && each.role === role)
    const [sensitive, control] = [rate('sensitive'), rate('control')]
    const precision = run.variants.find((variant) => variant.index === index)?.variant.precision.name ?? ''
    return (
      <span key={index}>
        <PrecisionMark name={precision} {...names(index)} />
        <span>withheld {shareText(sensitive?.rate ?? null)}</span>
        <span className="hint only-wide">
          {`of ${countText(sensitive?.n ?? 0)} sensitive, ${shareText(control?.rate ?? null)} of ${countText(control?.n ?? 0)} controls`}
        </span>
      </span>
    )
  })
}

const shareText = (rate: Estimate | null): string => (rate === null ? '-' : `${intervalText(rate)} %`)
