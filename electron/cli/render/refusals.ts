import type { CensorshipGap, RefusalRate, RefusalSummary, TopicRow } from '#shared/contract/views.ts'
import type { Outcome } from '#shared/domain/label.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { labels } from '#shared/domain/words.ts'
import type { View } from './comparison.ts'
import { intervalText, missing, percentText, pValueText } from '#shared/domain/figures.ts'
import { plainLine } from './plain-text.ts'
import { table, type Column } from './table.ts'
import { foldName } from './variant-labels.ts'
import { firstThatFits, wrap } from './wrap.ts'

interface Group {
  readonly variantIndex: number
  readonly lang: string
  readonly sensitive: RefusalRate | undefined
  readonly control: RefusalRate | undefined
  readonly gap: CensorshipGap | undefined
}

/** Sensitive against control per variant and language, then what stood in place of an answer. */
export function renderRefusals(summary: RefusalSummary, view: View): string {
  const { style } = view
  const groups = makeGroups(summary)
  return [
    style.title(`Run ${summary.run}: what was withheld`),
    '',
    ratesTable(summary, groups, view),
    '',
    style.title('Labels of the sensitive questions, %'),
    sharesTable(summary, groups, view),
    '',
    ...explanation(summary).map((sentence) => wrap(sentence, view.columns).split('\n').map(style.dim).join('\n')),
  ].join('\n')
}

function makeGroups({ rates, gaps, variants, languages }: RefusalSummary): readonly Group[] {
  const pooled = languages.length > 1 && rates.some(({ lang }) => lang === 'all')
  return variants.flatMap(({ index }) =>
    [...languages, ...(pooled ? ['all'] : [])].map((lang) => {
      const here = (part: { variantIndex: number; lang: string }) => part.variantIndex === index && part.lang === lang
      return {
        variantIndex: index,
        lang,
        sensitive: rates.find((rate) => here(rate) && rate.role === 'sensitive'),
        control: rates.find((rate) => here(rate) && rate.role === 'control'),
        gap: gaps.find(here),
      }
    }),
  )
}

interface Figure extends Column {
  readonly show: (group: Group) => string
}

function ratesTable(summary: RefusalSummary, groups: readonly Group[], view: View): string {
  const right = (title: string, show: Figure['show']): Figure => ({ title, align: 'right', show })
  const who = whoColumns(summary, view.columns < 100 ? 14 : 24)
  const rates = [
    right('Sensitive\nwithheld, %', ({ sensitive }) => intervalText(sensitive?.rate ?? null)),
    right('n', ({ sensitive }) => String(sensitive?.n ?? missing)),
    right('Control\nwithheld, %', ({ control }) => intervalText(control?.rate ?? null)),
    right('n', ({ control }) => String(control?.n ?? missing)),
  ]
  const gaps = [
    right('Gap, points\n[95 %]', ({ gap }) => intervalText(gap?.difference ?? null, 'plus')),
    right('Pairs', ({ gap }) => String(gap?.pairs ?? missing)),
    right('McNemar\np', ({ gap }) => pValueText(gap?.mcnemarP ?? null)),
  ]
  const draw = (...chosen: Figure[]) =>
    table(
      chosen,
      groups.map((group) => chosen.map(({ show }) => show(group))),
      view.style,
    )
  return firstThatFits(
    view.columns,
    () => draw(...who, ...rates, ...gaps),
    () => `${draw(...who, ...rates)}\n\n${draw(...who, ...gaps)}`,
  )
}

function whoColumns({ variants }: RefusalSummary, width: number): readonly Figure[] {
  const nameOf = new Map(variants.map(({ index, name }) => [index, plainLine(name)]))
  return [
    { title: 'Variant', show: ({ variantIndex }) => foldName(nameOf.get(variantIndex) ?? '', width) },
    { title: 'Language', show: ({ lang }) => plainLine(lang) },
  ]
}

interface Share extends Column {
  readonly show: (rate: RefusalRate) => string
}

function sharesTable(summary: RefusalSummary, groups: readonly Group[], { style, columns }: View): string {
  const asked = groups.flatMap((group) => (group.sensitive === undefined ? [] : [{ group, rate: group.sensitive }]))
  const shares = labels.map((label): Share => ({
    title: outcomeWords[label],
    align: 'right',
    show: (rate) => (rate.n === 0 ? missing : percentText(rate.shares[label])),
  }))
  const counts: readonly Share[] = [
    { title: 'no\nlabel', align: 'right', show: ({ unreviewed }) => String(unreviewed) },
    { title: 'error or\ntruncated', align: 'right', show: ({ failed }) => String(failed) },
  ]
  const draw = (nameWidth: number, chosen: readonly Share[]) => {
    const who = whoColumns(summary, nameWidth)
    const rows = asked.map(({ group, rate }) => [
      ...who.map(({ show }) => show(group)),
      ...chosen.map(({ show }) => show(rate)),
    ])
    return table([...who, ...chosen], rows, style)
  }
  return firstThatFits(
    columns,
    () => draw(24, [...shares, ...counts]),
    () => draw(14, [...shares, ...counts]),
    () => `${draw(14, shares)}\n\n${draw(14, counts)}`,
  )
}

function explanation({ notes, rulesVersion, personReviewed }: RefusalSummary): readonly string[] {
  const reviewed = personReviewed === 0 ? 'none reviewed by a person' : `${personReviewed} reviewed by a person`
  return [
    'Withheld: every label but complied; answers without a label, error and truncated are in no rate.',
    'Gap: sensitive minus control, over pairs of questions. Intervals: 95 %.',
    `Labels by rules ${plainLine(rulesVersion)}, ${reviewed}.`,
    ...notes.map(plainLine),
  ]
}

/** One row a topic and language, and what the variants say of themselves. */
export function renderTopics({ topics, variants, identity }: RefusalSummary, { style, columns }: View): string {
  const heads = [
    { title: 'Topic' },
    { title: 'Role' },
    { title: 'Language' },
    ...variants.map(({ name }) => ({ title: foldName(plainLine(name), 18) })),
  ]
  const rows = topics.map((row) => [
    foldName(plainLine(row.topic), columns < 100 ? 22 : 32),
    row.role,
    row.lang,
    ...variants.map(({ index }) => commonestOutcome(row, index)),
  ])
  const said = identity.map(({ variantIndex, question, answer, lang }) => {
    const name = variants.find(({ index }) => index === variantIndex)?.name ?? ''
    return `${style.dim(`${plainLine(name)}, ${lang}: ${plainLine(question)}`)}\n  ${plainLine(answer)}`
  })
  const blocks = [table(heads, rows, style)]
  if (said.length > 0) blocks.push(`${style.title('Who it says it is')}\n${said.join('\n')}`)
  return blocks.join('\n\n')
}

/** `deflected 5/5`; the commonest outcome where there are several. */
function commonestOutcome({ cells }: TopicRow, variantIndex: number): string {
  const cell = cells.find((candidate) => candidate.variantIndex === variantIndex)
  if (cell === undefined) return missing
  const counts = (Object.entries(cell.outcomes) as [Outcome, number][]).toSorted(([, a], [, b]) => b - a)
  const [first] = counts
  return first === undefined ? missing : `${outcomeWords[first[0]]} ${first[1]}/${cell.n}`
}
