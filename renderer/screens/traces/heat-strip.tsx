import { useMemo } from 'react'
import type { MarkedRange } from '../../text/marked-text.tsx'
import styles from './pane.module.css'

const bars = 96

/** The heat of a whole trace on one line: each bar is the root mean square of its tokens, so that a few very unsure ones show. Pressing it goes there. */
export function HeatStrip({
  ranges,
  length,
  onGo,
}: {
  readonly ranges: readonly MarkedRange[]
  readonly length: number
  readonly onGo: (share: number) => void
}) {
  const steps = useMemo(() => {
    const sums = Array.from({ length: bars }, () => ({ squares: 0, n: 0 }))
    for (const { start, mark } of ranges) {
      if (mark.kind !== 'heat') continue
      const bar = Math.min(bars - 1, Math.floor((bars * start) / Math.max(1, length)))
      const sum = sums[bar]
      if (sum === undefined) continue
      sum.squares += mark.step ** 2
      sum.n += 1
    }
    return sums.map(({ squares, n }) => (n === 0 ? 0 : Math.round(Math.sqrt(squares / n))))
  }, [ranges, length])
  const unsure = ranges.filter(({ mark }) => mark.kind === 'heat' && mark.step >= 4).length
  return (
    <button
      type="button"
      className={styles['strip']}
      aria-label={`Token heat along the trace: ${unsure} very unsure ${unsure === 1 ? 'token' : 'tokens'}. Goes to the hottest place.`}
      title="Token heat along the trace"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        const first = steps.indexOf(Math.max(...steps))
        onGo(event.detail === 0 ? Math.max(0, first) / bars : (event.clientX - box.left) / box.width)
      }}
    >
      {steps.map((step, index) => (
        <i key={index} data-heat={step} />
      ))}
    </button>
  )
}
