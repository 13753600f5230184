import { CirclePlay, Equal, Info, Play, Square, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { shortDigest } from '#shared/domain/ids.ts'
import { otherNotes, sameWeightsAs, sameWeightsNote } from '#shared/domain/same-weights.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { bytes, count } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { Badge, PrecisionMark } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import type { Column } from '../../ui/data-grid.tsx'
import { writeList } from '../runs/setup/draft-lists.ts'
import { FitBadge, FitBar, fitWords } from './fit-bar.tsx'
import { gigabytes } from './memory-scale.ts'
import type { ListRow } from './variant-rows.ts'
import styles from './variants.module.css'

export interface ColumnContext {
  readonly all: readonly Variant[]
  readonly contextTokens: number
  readonly scaleGigabytes: number
  readonly width: number
  readonly selected: string | null
  readonly load: (variant: Variant) => void
  readonly unload: (variant: Variant) => void
}

type VariantRow = Extract<ListRow, { kind: 'variant' }>
interface VariantColumn extends Omit<Column<ListRow>, 'text' | 'cell'> {
  /** The list has to be this wide for the column to be shown. */
  readonly from: number
  readonly text: (row: VariantRow) => string
  readonly cell?: (row: VariantRow) => ReactNode
}

/** The columns that a list of this width has room for. What is left out, the side panel shows. */
export function variantColumns(context: ColumnContext): readonly Column<ListRow>[] {
  const all = [...identityColumns(context.all), ...memoryColumns(context), ...stateColumns(context)]
  return all
    .filter(({ from }) => context.width >= from)
    .map(({ text, cell, ...column }) => ({
      ...column,
      text: (row) => (row.kind === 'variant' ? text(row) : ''),
      ...(cell && { cell: (row) => (row.kind === 'variant' ? cell(row) : null) }),
    }))
}

/** What people know it by on its engine: a tag, or a file's name. */
export const refName = ({ engine, ref }: Variant): string =>
  engine === 'builtin' ? (ref.split(/[/\\]/).at(-1) ?? ref) : ref

/** Completing text is what all of them can. */
const abilities = ({ capabilities }: Variant): string =>
  capabilities
    .filter((ability) => ability !== 'completion')
    .toSorted()
    .join(', ')

function identityColumns(all: readonly Variant[]): readonly VariantColumn[] {
  return [
    {
      key: 'precision',
      title: 'Precision',
      width: 'minmax(200px, 1.4fr)',
      from: 0,
      text: ({ variant }) => `${precisionText(variant.precision)} ${refName(variant)}`,
      cell: ({ variant, reference }) => <Identity variant={variant} reference={reference} all={all} />,
    },
    {
      key: 'bits',
      title: 'Bits / weight',
      width: '92px',
      align: 'end',
      from: 700,
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
      from: 800,
      text: ({ variant }) => endpointName(variant.endpoint, variant.engine),
      cell: ({ variant }) => <span className="quiet">{endpointName(variant.endpoint, variant.engine)}</span>,
    },
    {
      key: 'context',
      title: 'Context',
      width: '76px',
      align: 'end',
      from: 1120,
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
      title: `Memory at ${count(contextTokens)}, 0 to ${scaleGigabytes} GB`,
      width: 'minmax(110px, 1.2fr)',
      from: 440,
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
      title: 'GB',
      width: '56px',
      align: 'end',
      from: 500,
      text: ({ fit }) => (fit === null || fit.totalBytes === 0 ? '-' : gigabytes(fit.totalBytes)),
    },
    {
      key: 'fit',
      title: 'Fit',
      width: '94px',
      from: 0,
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
      text: ({ variant, job }) => stateText(variant, job?.request.kind ?? null),
      cell: ({ variant, job }) => {
        const text = stateText(variant, job?.request.kind ?? null)
        if (job !== null) return <Badge tone="live">{text}</Badge>
        return variant.loaded ? <Badge tone="ok">{text}</Badge> : <span className="hint">{text}</span>
      },
    },
    {
      key: 'actions',
      title: '',
      width: '84px',
      align: 'end',
      from: 740,
      text: () => '',
      cell: ({ variant, job }) => (
        <span className={styles['actions']}>
          <Button
            kind="quiet"
            size="icon"
            disabled={job !== null}
            // Keyboards have a key for it: one stop in the tab order for a list, not one a row.
            tabIndex={variant.id === selected ? 0 : -1}
            aria-label={`${variant.loaded ? 'Unload' : 'Load'} ${variant.name}`}
            title={variant.loaded ? 'Unload' : 'Load'}
            onClick={() => (variant.loaded ? unload : load)(variant)}
          >
            {variant.loaded ? <Square /> : <Play />}
          </Button>
          <LinkButton
            kind="quiet"
            size="icon"
            tabIndex={variant.id === selected ? 0 : -1}
            aria-label={`Run with ${variant.name}`}
            title="Run with this variant"
            href={routeHash('runs', ['new'], { variant: writeList([variant.id]) })}
          >
            <CirclePlay />
          </LinkButton>
        </span>
      ),
    },
  ]
}

const sizeText = (size: number) => `${bytes(size).figure} ${bytes(size).unit}`

function stateText({ loaded, precision }: Variant, job: string | null): string {
  if (job !== null) return job === 'load' ? 'loading' : 'unloading'
  return loaded ? 'loaded' : precision.simulated ? 'simulated' : ''
}

function Identity({
  variant,
  reference,
  all,
}: {
  readonly variant: Variant
  readonly reference: boolean
  readonly all: readonly Variant[]
}) {
  const same = sameWeightsAs(variant, all)
  const notes = otherNotes(variant, all)
  return (
    <span className={styles['identity']}>
      <PrecisionMark name={precisionText(variant.precision)} {...(reference && { note: 'reference' })} />
      <span className="hint clip" title={variant.ref}>
        {refName(variant)}
      </span>
      {same.length > 0 && (
        <span className={styles['mark']} title={sameWeightsNote(same)}>
          <Equal aria-hidden />
          <span className="sr">{sameWeightsNote(same)}</span>
        </span>
      )}
      {notes.length > 0 && (
        <span className={styles['mark']} data-warn={!variant.precision.simulated || undefined} title={notes.join('\n')}>
          {variant.precision.simulated ? <Info aria-hidden /> : <TriangleAlert aria-hidden />}
          <span className="sr">{notes.join(' ')}</span>
        </span>
      )}
    </span>
  )
}

function DigestButton({ variant }: { readonly variant: Variant }) {
  return (
    <button
      type="button"
      className={styles['digest']}
      tabIndex={-1}
      title={`Copy ${variant.digest}`}
      onClick={(event) => {
        event.stopPropagation()
        void navigator.clipboard.writeText(variant.digest)
      }}
    >
      {shortDigest(variant.digest)}
    </button>
  )
}
