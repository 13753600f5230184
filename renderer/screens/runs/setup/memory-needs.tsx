import type { RunVariant } from '#shared/domain/run.ts'
import type { MemoryFit } from '#shared/domain/variant.ts'
import { variantNames } from '#shared/domain/variant-names.ts'
import { bytes } from '../../../format/numbers.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { PrecisionMark } from '../../../ui/badge.tsx'
import styles from './setup.module.css'

/** What each variant of the plan needs in memory, drawn against what is free. One is loaded at a time. */
export function MemoryNeeds({
  variants,
  contextTokens,
}: {
  readonly variants: readonly RunVariant[]
  readonly contextTokens: number
}) {
  const measured = variants.filter(({ role }) => role !== 'repeat')
  const names = variantNames(variants)
  const fits = dataOf(useLab('variants.fit', { variants: measured.map(({ variant }) => variant.id), contextTokens }))
  if (fits === null) return null
  const free = bytes(fits[0]?.freeBytes ?? 0)
  return (
    <section className={styles['section']} aria-label="Memory">
      <h2>
        Memory{' '}
        <span className="hint">
          of {free.figure} {free.unit} free, one loaded at a time
        </span>
      </h2>
      <div className={styles['memory']}>
        {measured.map(({ index, variant }, at) => {
          const fit = fits[at]
          return fit === undefined ? null : <Need key={variant.id} name={names.get(index) ?? variant.name} fit={fit} />
        })}
      </div>
    </section>
  )
}

function Need({ name, fit }: { readonly name: string; readonly fit: MemoryFit }) {
  const { weightsBytes, kvCacheBytes, computeBytes, totalBytes, freeBytes } = fit
  const scale = Math.max(freeBytes, totalBytes, 1)
  const total = bytes(totalBytes)
  const parts = [
    ['weights', weightsBytes],
    ['cache', kvCacheBytes],
    ['compute', computeBytes],
  ] as const
  const title = parts.map(([part, size]) => `${part} ${bytes(size).figure} ${bytes(size).unit}`).join(', ')
  return (
    <>
      <PrecisionMark name={name} />
      <span
        className={styles['fit']}
        data-over={totalBytes > freeBytes || undefined}
        role="img"
        aria-label={`${name} needs ${total.figure} ${total.unit}: ${title}`}
        title={fit.note === null ? title : `${title}. ${fit.note}`}
      >
        {parts.map(([part, size]) => (
          <i key={part} data-part={part} style={{ width: `${(100 * size) / scale}%` }} />
        ))}
      </span>
      <span className="num">
        {total.figure} <span className="unit">{total.unit}</span>
      </span>
    </>
  )
}
