import type { ReactNode } from 'react'
import { shortDigest } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import { bytes, count } from '../../format/numbers.ts'
import { Badge } from '../../ui/badge.tsx'
import type { Column } from '../../ui/grid-column.ts'
import { useCopy } from '../../ui/use-copy.ts'
import { FitBadge, FitBar, fitRanks, fitWords } from './fit-bar.tsx'
import { scaleText } from './memory-scale.ts'
import { RowActions } from './row-actions.tsx'
import { enginesText, Identity, placeText, refName } from './variant-identity.tsx'
import type { ListRow } from './variant-rows.ts'
import styles from './variants.module.css'

export interface ColumnContext {
  readonly contextTokens: number
  readonly scaleGigabytes: number
  readonly width: number
  readonly selected: string | null
  readonly load: (variant: Variant) => void
  readonly unload: (variant: Variant) => void
}

type VariantRow = Extract<ListRow, { kind: 'variant' }>
interface VariantColumn extends Omit<Column<ListRow>, 'text' | 'cell' | 'order'> {
  /** The list has to be this wide for the column to be shown. */
  readonly from: number
  readonly order?: (row: VariantRow) => number | string | null
  readonly text: (row: VariantRow) => string
  readonly cell?: (row: VariantRow) => ReactNode
}

/** The columns that a list of this width has room for. What is left out, the side panel shows. */
export function variantColumns(context: ColumnContext): readonly Column<ListRow>[] {
  const all = [...identityColumns(), ...memoryColumns(context), ...stateColumns(context)]
  return all
    .filter(({ from }) => context.width >= from)
    .map(({ order, text, cell, ...column }) => ({
      ...column,
      ...(order && { order: (row) => (row.kind === 'variant' ? order(row) : null) }),
      text: (row) => (row.kind === 'variant' ? text(row) : ''),
      ...(cell && { cell: (row) => (row.kind === 'variant' ? cell(row) : null) }),
    }))
}

/** Completing text is what all of them can. */
const abilities = ({ capabilities }: Variant): string =>
  capabilities
    .filter((ability) => ability !== 'completion')
    .toSorted()
    .join(', ')

function identityColumns(): readonly VariantColumn[] {
  return [
    {
      key: 'precision',
      title: 'Precision',
      width: 'minmax(200px, 1.4fr)',
      from: 0,
      order: ({ variant }) => variant.precision.bitsPerWeight,
      text: ({ variant }) => `${precisionText(variant.precision)} ${refName(variant)}`,
      cell: (row) => <Identity row={row} />,
    },
    {
      key: 'bits',
      title: 'Bits / weight',
      width: '92px',
      align: 'end',
      from: 700,
      order: ({ variant }) => variant.precision.bitsPerWeight,
      text: ({ variant }) => variant.precision.bitsPerWeight?.toFixed(2) ?? '-',
      cell: ({ variant }) =>
        variant.precision.bitsPerWeight?.toFixed(2) ?? <span title="The engine does not show its tensors.">-</span>,
    },
    {
      key: 'size',
      title: 'Size',
      width: '78px',
      align: 'end',
      from: 560,
      order: ({ variant }) => variant.sizeBytes,
      text: ({ variant }) => sizeText(variant.sizeBytes),
      cell: ({ variant }) => {
        const { figure, unit } = bytes(variant.sizeBytes)
        return (
          <>
            {figure} <span className="unit">{unit}</span>
          </>
        )
      },
    },
    {
      key: 'digest',
      title: 'Digest',
      width: '104px',
      from: 1040,
      text: ({ variant }) => shortDigest(variant.digest),
      cell: ({ variant }) => <DigestButton variant={variant} />,
    },
    {
      key: 'engine',
      title: 'Engine',
      width: '76px',
      from: 960,
      order: enginesText,
      text: enginesText,
      cell: (row) => (
        <span className="quiet" title={row.places.map(placeText).join('\n')}>
          {enginesText(row)}
        </span>
      ),
    },
    {
      key: 'context',
      title: 'Context',
      width: '76px',
      align: 'end',
      from: 1120,
      order: ({ variant }) => variant.contextTokens,
      text: ({ variant }) => (variant.contextTokens === null ? '-' : count(variant.contextTokens)),
    },
    {
      key: 'can',
      title: 'Can',
      width: '112px',
      from: 1240,
      text: ({ variant }) => abilities(variant),
      cell: ({ variant }) => <span className="quiet">{abilities(variant)}</span>,
    },
  ]
}

function memoryColumns({ contextTokens, scaleGigabytes }: ColumnContext): readonly VariantColumn[] {
  return [
    {
      key: 'memory',
      title: `Memory ≤ ${count(contextTokens)}, 0 to ${scaleText(scaleGigabytes)}`,
      width: 'minmax(110px, 1.2fr)',
      from: 440,
      order: ({ fit }) => fit?.totalBytes ?? null,
      text: ({ fit }) => (fit === null ? '' : sizeText(fit.totalBytes)),
      cell: ({ fit }) =>
        fit === null ? (
          <span className={styles['bone']} />
        ) : (
          fit.totalBytes > 0 && <FitBar fit={fit} scaleGigabytes={scaleGigabytes} />
        ),
    },
    {
      key: 'gb',
      title: 'Needs',
      width: '72px',
      align: 'end',
      from: 500,
      order: ({ fit }) => fit?.totalBytes ?? null,
      text: ({ fit }) => (fit === null || fit.totalBytes === 0 ? '-' : sizeText(fit.totalBytes)),
    },
    {
      key: 'fit',
      title: 'Fit',
      width: '94px',
      from: 0,
      order: ({ fit }) => (fit === null ? null : fitRanks.indexOf(fit.verdict)),
      text: ({ fit }) => (fit === null ? '' : fitWords(fit.verdict)),
      cell: ({ fit }) => fit !== null && <FitBadge fit={fit} />,
    },
  ]
}

function stateColumns({ load, unload, selected }: ColumnContext): readonly VariantColumn[] {
  return [
    {
      key: 'state',
      title: 'State',
      width: '82px',
      from: 640,
      order: stateText,
      text: stateText,
      cell: (row) => {
        const text = stateText(row)
        if (row.job !== null) return <Badge tone="live">{text}</Badge>
        const loaded = row.places.filter((place) => place.loaded)
        if (loaded.length === 0) return <span className="hint">{text}</span>
        return (
          <Badge tone="ok" title={loaded.map(placeText).join('\n')}>
            {text}
          </Badge>
        )
      },
    },
    {
      key: 'actions',
      title: '',
      width: '98px',
      align: 'end',
      from: 740,
      text: () => '',
      cell: (row) => <RowActions row={row} selected={selected} load={load} unload={unload} />,
    },
  ]
}

const sizeText = (size: number) => `${bytes(size).figure} ${bytes(size).unit}`

function stateText({ variant: { precision }, places, job }: VariantRow): string {
  if (job !== null) return job.request.kind === 'load' ? 'loading' : 'unloading'
  return places.some(({ loaded }) => loaded) ? 'loaded' : precision.simulated ? 'simulated' : ''
}

function DigestButton({ variant }: { readonly variant: Variant }) {
  const copy = useCopy()
  return (
    <button
      type="button"
      className={styles['digest']}
      tabIndex={-1}
      title={`Copy ${variant.digest}`}
      onClick={(event) => {
        event.stopPropagation()
        copy(variant.digest)
      }}
    >
      {shortDigest(variant.digest)}
    </button>
  )
}
