import type { CellCounts, Run, RunState, RunSummary } from '#shared/domain/run.ts'
import type { View } from './comparison.ts'
import { bitsText, bytesText, countedText, countText, durationText } from '#shared/domain/figures.ts'
import { moment } from './moment.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { foldName, variantLabels } from './variant-labels.ts'

/** One row a run, newest first. */
export function renderRuns(runs: readonly RunSummary[], { style, columns }: View): string {
  const rows = runs
    .toSorted((a, b) => b.id - a.id)
    .map((run) => [
      String(run.id),
      foldName(plainLine(run.name), columns < 110 ? 22 : 40),
      stateWord(run.state, style),
      `${countText(run.counts.done)}/${countText(run.counts.total)}`,
      run.counts.error === 0 ? '0' : style.error(countText(run.counts.error)),
      String(run.variants.length),
      durationText(run.activeSeconds),
      moment(run.createdAtMs),
    ])
  const heads = [
    { title: 'Run', align: 'right' },
    { title: 'Name' },
    { title: 'State' },
    { title: 'Cells', align: 'right' },
    { title: 'Failed', align: 'right' },
    { title: 'Variants', align: 'right' },
    { title: 'Time', align: 'right' },
    { title: 'Made' },
  ] as const
  return table(heads, rows, style)
}

/** A run's settings, variants and what became of its cells. */
export function renderRun(run: Run, { style, columns }: View): string {
  const { spec, counts, suites, variants, samples } = run
  const { sampling } = spec
  const facts = [
    ['Suites', suites.map(({ name, n }) => `${plainLine(name)} (${countedText(n, 'prompt')})`).join(', ')],
    ['Arms', `${run.arms.join(', ')}; ${countedText(samples, 'sample')}`],
    [
      'Sampling',
      sampling.temperature === 0
        ? 'greedy'
        : `temperature ${sampling.temperature}, top-p ${sampling.topP}, seed ${sampling.seed}`,
    ],
    ['Limits', `context ${countText(spec.contextTokens)}, at most ${countText(spec.maxTokens)} tokens an answer`],
    ['Cells', cellsText(counts)],
    ['Time', `${durationText(run.activeSeconds)}, made ${moment(run.createdAtMs)}`],
    ...(run.error === null ? [] : [['Error', plainLine(run.error.message)] as const]),
  ] as const
  const labels = variantLabels(variants)
  const rows = variants.map(({ index, role, variant }) => [
    foldName(labels.get(index) ?? '', 22),
    foldName(plainLine(variant.id), Math.max(20, columns - 60)),
    bytesText(variant.sizeBytes),
    bitsText(variant.precision.bitsPerWeight),
    role,
  ])
  const heads = [
    { title: 'Variant' },
    { title: 'Id' },
    { title: 'Size', align: 'right' },
    { title: 'Bits/weight', align: 'right' },
    { title: 'Role' },
  ] as const
  return [
    `${style.title(`Run ${run.id}: ${plainLine(run.name)}`)} (${stateWord(run.state, style)})`,
    ...facts.map(([name, text]) => `${style.dim(name.padEnd(9))} ${text}`),
    '',
    table(heads, rows, style),
  ].join('\n')
}

function cellsText({ done, total, error, pending, running }: CellCounts): string {
  const left = pending + running
  return `${countText(done)} of ${countText(total)} done, ${countText(error)} failed${left === 0 ? '' : `, ${countText(left)} to run`}`
}

function stateWord(state: RunState, style: Style): string {
  switch (state) {
    case 'done':
      return style.pass(state)
    case 'failed':
      return style.fail(state)
    case 'cancelled':
    case 'interrupted':
    case 'paused':
      return style.open(state)
    case 'planned':
    case 'running':
      return state
  }
}
