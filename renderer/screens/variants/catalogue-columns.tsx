import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CatalogueEntry } from '#shared/domain/variant.ts'
import { precisionOrder } from '#shared/domain/precision.ts'
import { bytes, count } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { Badge, PrecisionMark } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import type { Column } from '../../ui/grid-column.ts'
import { ProgressBar } from '../../ui/region.tsx'
import type { CatalogueRow } from './catalogue-rows.ts'
import { parametersText } from '#shared/domain/figures.ts'
import { FitBadge, FitBar, fitRanks, fitWords } from './fit-bar.tsx'
import { gigabytes, scaleText } from './memory-scale.ts'
import catalogueStyles from './catalogue.module.css'
import styles from './variants.module.css'

type TagRow = Extract<CatalogueRow, { kind: 'tag' }>
interface TagColumn extends Omit<Column<CatalogueRow>, 'text' | 'cell' | 'order'> {
  readonly from: number
  readonly order?: (row: TagRow) => number | string | null
  readonly text: (row: TagRow) => string
  readonly cell?: (row: TagRow) => ReactNode
}

export interface CatalogueContext {
  readonly width: number
  readonly contextTokens: number
  readonly scaleGigabytes: number
  /** Null where nothing can be pulled. */
  readonly pull: ((tag: string) => void) | null
  readonly cancel: (job: number) => void
}

export function catalogueColumns(context: CatalogueContext): readonly Column<CatalogueRow>[] {
  return [...whatColumns(context.width), ...needColumns(context), stateColumn(context)]
    .filter(({ from }) => context.width >= from)
    .map(({ order, text, cell, ...column }) => ({
      ...column,
      ...(order && { order: (row) => (row.kind === 'tag' ? order(row) : null) }),
      text: (row) => (row.kind === 'tag' ? text(row) : ''),
      ...(cell && { cell: (row) => (row.kind === 'tag' ? cell(row) : null) }),
    }))
}

const whatColumns = (width: number): readonly TagColumn[] => [
  {
    key: 'precision',
    title: 'Precision',
    width: '104px',
    from: 0,
    // The finest first.
    order: ({ tag }) => (precisionOrder as readonly string[]).indexOf(tag.precision),
    text: ({ tag }) => tag.precision,
    cell: ({ tag }) => <PrecisionMark name={tag.precision} />,
  },
  {
    key: 'tag',
    title: 'Tag',
    width: 'minmax(180px, 1.2fr)',
    from: 760,
    order: ({ tag }) => tag.tag,
    text: ({ tag }) => tag.tag,
    // The model is the same all the way down: where there is little room, only what follows it.
    cell: ({ tag }) => <code className="quiet">{width < 1100 ? tag.tag.replace('deepseek-r1:', '') : tag.tag}</code>,
  },
  {
    key: 'size',
    title: 'Size',
    width: '84px',
    align: 'end',
    from: 0,
    order: ({ tag }) => tag.sizeBytes,
    text: ({ tag }) => `${bytes(tag.sizeBytes).figure} ${bytes(tag.sizeBytes).unit}`,
    cell: ({ tag }) => (
      <>
        {bytes(tag.sizeBytes).figure} <span className="unit">{bytes(tag.sizeBytes).unit}</span>
      </>
    ),
  },
]

function needColumns({ contextTokens, scaleGigabytes }: CatalogueContext): readonly TagColumn[] {
  return [
    {
      key: 'memory',
      title: `Memory at ${count(contextTokens)}, 0 to ${scaleText(scaleGigabytes)}`,
      width: 'minmax(120px, 1.4fr)',
      from: 690,
      order: ({ fit }) => fit?.totalBytes ?? null,
      text: ({ fit }) => (fit === null ? '' : `${gigabytes(fit.totalBytes)} GB`),
      cell: ({ fit }) =>
        fit === null ? <span className={styles['bone']} /> : <FitBar fit={fit} scaleGigabytes={scaleGigabytes} />,
    },
    {
      key: 'gb',
      title: 'GB',
      width: '60px',
      align: 'end',
      from: 0,
      order: ({ fit }) => fit?.totalBytes ?? null,
      text: ({ fit }) => (fit === null ? '-' : gigabytes(fit.totalBytes)),
    },
    {
      key: 'fit',
      title: 'Fit',
      width: '104px',
      from: 0,
      order: ({ fit }) => (fit === null ? null : fitRanks.indexOf(fit.verdict)),
      text: ({ fit }) => (fit === null ? '' : fitWords(fit.verdict)),
      cell: ({ fit }) => fit !== null && <FitBadge fit={fit} />,
    },
  ]
}

function stateColumn({ pull, cancel }: CatalogueContext): TagColumn {
  return {
    key: 'state',
    title: 'State',
    width: '204px',
    from: 0,
    order: ({ pulled, job }) => (pulled === null ? (job?.state ?? 'not pulled') : 'pulled'),
    text: (row) => (row.pulled === null ? (row.job?.state ?? 'not pulled') : 'pulled'),
    cell: (row) => <TagState row={row} pull={pull} cancel={cancel} />,
  }
}

function TagState({ row, pull, cancel }: { readonly row: TagRow } & Pick<CatalogueContext, 'pull' | 'cancel'>) {
  const { tag, pulled, job } = row
  if (job?.state === 'running') {
    return (
      <span className={catalogueStyles['tag-state']}>
        <ProgressBar share={job.share} label={`pulling ${tag.tag}`} />
        <Button size="small" onClick={() => cancel(job.id)}>
          Cancel
        </Button>
      </span>
    )
  }
  if (pulled !== null) {
    return (
      <span className={catalogueStyles['tag-state']}>
        <Badge tone="ok">pulled</Badge>
        <LinkButton size="small" kind="quiet" href={routeHash('variants', [], { inspect: pulled.id })}>
          Show
        </LinkButton>
      </span>
    )
  }
  const stopped = job?.state === 'failed' || job?.state === 'cancelled'
  return (
    <span className={catalogueStyles['tag-state']}>
      {stopped ? <Badge tone="bad">pull stopped</Badge> : <span className="hint">not pulled</span>}
      <Button
        kind="quiet"
        size="small"
        disabled={pull === null}
        aria-label={`${stopped ? 'Resume pulling' : 'Pull'} ${tag.tag}`}
        onClick={() => pull?.(tag.tag)}
      >
        <Download aria-hidden /> {stopped ? 'Resume' : 'Pull'}
      </Button>
    </span>
  )
}

/** The head of a model in the catalogue, with what there is to know about its names. */
export function EntryHead({ entry }: { readonly entry: CatalogueEntry }) {
  const about = `${parametersText(entry.parameters)} parameters, context ${count(entry.contextTokens)}. ${entry.note ?? ''}`
  return (
    <div className={styles['family']}>
      <b className="clip">{entry.title}</b>
      <span className="hint clip grow" title={about}>
        {about}
      </span>
    </div>
  )
}
