import { useState } from 'react'
import type { InspectedTensor, VariantInspection } from '#shared/contract/views.ts'
import { count, percent } from '../../format/numbers.ts'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortRows, type Column } from '../../ui/grid-column.ts'
import { useSorting } from '../../ui/use-sorting.ts'
import { EmptyState } from '../../ui/region.tsx'
import styles from './panel.module.css'

const shapeText = ({ shape }: InspectedTensor) => shape.join(' × ')
const weightsOf = ({ shape }: InspectedTensor) => shape.reduce((product, size) => product * size, 1)
const bitsText = ({ bitsPerWeight }: InspectedTensor) =>
  bitsPerWeight === null ? '-' : String(Number(bitsPerWeight.toFixed(2)))

const columns: readonly Column<InspectedTensor>[] = [
  {
    key: 'name',
    title: 'Tensor',
    width: 'minmax(120px, 1fr)',
    order: ({ name }) => name,
    text: ({ name }) => name,
    cell: ({ name }) => <code>{name}</code>,
  },
  {
    key: 'type',
    title: 'Type',
    width: '56px',
    order: ({ type }) => type,
    text: ({ type }) => type,
    cell: ({ type }) => <code>{type}</code>,
  },
  { key: 'shape', title: 'Shape', width: '96px', align: 'end', order: weightsOf, text: shapeText },
  {
    key: 'bits',
    title: 'Bits',
    width: '56px',
    align: 'end',
    order: ({ bitsPerWeight }) => bitsPerWeight,
    text: bitsText,
  },
]

/** Every tensor as the file has it, and what the weights are made of. */
export function TensorTable({ inspection }: { readonly inspection: VariantInspection }) {
  const { tensors, typeMix } = inspection
  const [type, setType] = useState<string | null>(null)
  const [selected, setSelected] = useState<string | null>(null)
  const order = useSorting({ prefix: 'tensor-' })
  if (tensors.length === 0) {
    return <EmptyState what="No tensors are shown.">The engine does not tell what is in this model’s file.</EmptyState>
  }
  const shown = sortRows(
    tensors.filter((tensor) => type === null || tensor.type === type),
    columns,
    order.sorting,
  )
  const at = shown.findIndex(({ name }) => name === selected)
  const weights = typeMix.reduce((sum, share) => sum + share.weights, 0)
  return (
    <div className={styles['tensors']}>
      <ul className={styles['mix']} aria-label="Types of tensors">
        {typeMix.map((share) => (
          <li key={share.type}>
            <button
              type="button"
              aria-pressed={share.type === type}
              title={`Show only ${share.type}`}
              onClick={() => {
                setType(share.type === type ? null : share.type)
                setSelected(null)
              }}
            >
              <code>{share.type}</code>
              <span className={styles['share']}>
                <i style={{ width: `${(100 * share.weights) / weights}%` }} />
              </span>
              <span className="num">{shareText(share.weights / weights)}</span>
              <span className="num quiet">
                {count(share.tensors)} <span className="unit">{share.tensors === 1 ? 'tensor' : 'tensors'}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles['tensor-grid']}>
        <DataGrid
          label="Tensors"
          name="tensors"
          columns={columns}
          total={shown.length}
          row={(index) => shown[index]}
          selected={at === -1 ? null : at}
          onSelect={(index) => setSelected(shown[index]?.name ?? null)}
          {...order}
        />
      </div>
    </div>
  )
}

/** Norms are a few weights in a million: not none. */
const shareText = (share: number): string => (share > 0 && share < 0.001 ? '< 0.1 %' : `${percent(share)} %`)
