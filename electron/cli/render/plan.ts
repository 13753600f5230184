import { timeRestsOn } from '#shared/domain/plan-words.ts'
import type { RunPlan } from '#shared/domain/run.ts'
import { bytesText, countedText, durationText } from '#shared/domain/figures.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'
import { variantLabels } from './variant-labels.ts'

/** What a run will cost, before it starts. */
export function renderPlan(plan: RunPlan, style: Style): string {
  const labels = [...variantLabels(plan.variants).values()]
  const suites = plan.suites.map(({ name, n }) => `${plainLine(name)} (${countedText(n, 'prompt')})`).join(', ')
  const time = plan.seconds === null ? '' : `, about ${durationText(plan.seconds)}`
  const lines = [
    `${style.title('Suite')}     ${suites}`,
    `${style.title('Variants')}  ${labels.join(', ')}; the reference is ${labels[0] ?? 'none'}`,
    `${style.title('Cost')}      ${countedText(plan.cells, 'cell')}, ${countedText(plan.loads, 'load')} of ${bytesText(plan.bytes)} in all${time}`,
  ]
  if (plan.resolvablePoints !== null) {
    lines.push(
      `${style.title('Tells')}     a loss of about ${plan.resolvablePoints.toFixed(1)} points or more from none, with ${countedText(plan.graded, 'graded prompt')}`,
    )
  }
  lines.push(`${style.title('Time')}      ${timeRestsOn(plan)}`)
  return [...lines, ...plan.warnings.map(({ message }) => `${style.open('Note')}      ${plainLine(message)}`)].join(
    '\n',
  )
}
