import type { SuiteSummary } from '#shared/domain/suite.ts'
import { distances as order } from '#shared/domain/words.ts'
import { count } from '../../format/numbers.ts'
import styles from './suites.module.css'

/** How a suite divides into benchmark, near and far, as a strip; nothing where no prompt says it. */
export function DistanceMix({ distances }: { readonly distances: SuiteSummary['distances'] }) {
  const parts = order.flatMap((distance) => {
    const n = distances[distance] ?? 0
    return n > 0 ? [{ distance, n }] : []
  })
  if (parts.length === 0) return null
  const words = parts.map(({ distance, n }) => `${count(n)} ${distance}`).join(', ')
  return (
    <span className={styles['mix']} title={words}>
      {parts.map(({ distance, n }) => (
        <i key={distance} data-distance={distance} style={{ flexGrow: n }} />
      ))}
      <span className="sr">{words}</span>
    </span>
  )
}
