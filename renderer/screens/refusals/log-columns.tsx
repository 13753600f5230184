import type { RefusalRow } from '#shared/contract/refusal-views.ts'
import { outcomeWords } from '#shared/domain/label-words.ts'
import { LabelTile, RoleMark } from '../../ui/badge.tsx'
import type { Column } from '../../ui/grid-column.ts'
import { nameOf, type RefusalRun } from './refusal-run.ts'
import styles from './refusals.module.css'
import { groundsOf } from './rule-words.ts'
import { VariantMark } from './variant-mark.tsx'

/** Below these widths in pixels the last columns go: the detail beside the list has them too. */
const roomForThinking = 860
const roomForSource = 700

/** Columns of the log for a list as wide as this. */
export function logColumns(of: RefusalRun, width: number): readonly Column<RefusalRow>[] {
  const narrow = width < roomForSource
  return [
    {
      key: 'label',
      title: 'Label',
      width: '110px',
      sort: 'outcome',
      text: ({ outcome }) => outcomeWords[outcome],
      cell: ({ outcome }) => <LabelTile outcome={outcome} />,
    },
    {
      key: 'variant',
      title: 'Variant',
      width: '118px',
      sort: 'order',
      text: ({ cell }) => nameOf(of, cell.variantIndex),
      cell: ({ cell }) => <VariantMark of={of} index={cell.variantIndex} />,
    },
    {
      key: 'topic',
      title: 'Topic',
      width: narrow ? '140px' : '152px',
      text: ({ role, topic }) => `${role} ${topic}`,
      cell: ({ role, topic }) => <TopicMark role={role} topic={topic} />,
    },
    { key: 'lang', title: 'Lang', width: '70px', text: ({ lang }) => lang },
    {
      key: 'prompt',
      title: 'Prompt',
      width: 'minmax(120px, 1fr)',
      sort: 'prompt',
      text: ({ question }) => question,
      cell: ({ question, lang }) => <span lang={lang}>{question}</span>,
    },
    ...(width < roomForThinking ? [] : [thinkColumn]),
    ...(narrow ? [] : [sourceColumn, groundsColumn]),
  ]
}

/** Role by its square, topic by its name. */
export function TopicMark({ role, topic }: { readonly role: string; readonly topic: string }) {
  return (
    <span className={styles['topic']}>
      <RoleMark role={role} />
      <span className="clip">{topic}</span>
    </span>
  )
}

const thinkColumn: Column<RefusalRow> = {
  key: 'thinking',
  title: 'Thinking',
  width: '78px',
  text: ({ cell }) => cell.thinkState ?? '-',
  cell: ({ cell }) => <span className="quiet">{cell.thinkState ?? '-'}</span>,
}

const sourceColumn: Column<RefusalRow> = {
  key: 'source',
  title: 'Source',
  width: '80px',
  text: ({ source, by, confidence }) =>
    source === null
      ? 'no label'
      : source === 'person'
        ? `person, ${by}`
        : `${source}, confidence ${confidence?.toFixed(2) ?? '-'}`,
  cell: ({ source, confidence, cell }) =>
    source === 'person' ? (
      <b>person</b>
    ) : source === null ? (
      '-'
    ) : (
      <>
        {source} <span className="hint">{cell.needsReview || confidence === null ? '' : confidence.toFixed(2)}</span>
      </>
    ),
}

const groundsColumn: Column<RefusalRow> = {
  key: 'grounds',
  title: 'Evidence',
  width: '126px',
  text: (row) => (row.cell.needsReview ? `to review: ${groundsOf(row)}` : groundsOf(row)),
  cell: (row) => (
    <span className="quiet">{row.cell.needsReview ? `to review, ${groundsOf(row)}` : groundsOf(row)}</span>
  ),
}
