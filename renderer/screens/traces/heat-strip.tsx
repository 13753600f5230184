import { useMemo } from 'react'
import type { MarkedRange } from '../../text/marked-text.tsx'
import styles from './traces.module.css'

const bars = 96

/** The heat of a whole trace on one line: each bar is as hot as the least sure token in it. Pressing it goes there. */
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
    const hottest = Array.from({ length: bars }, () => 0)
    for (const { start, mark } of ranges) {
      if (mark.kind !== 'heat') continue
      const bar = Math.min(bars - 1, Math.floor((bars * start) / Math.max(1, length)))
      hottest[bar] = Math.max(hottest[bar] ?? 0, mark.step)
    }
    return hottest
  }, [ranges, length])
  const unsure = ranges.filter(({ mark }) => mark.kind === 'heat' && mark.step >= 4).length
  return (
    <button
      type="button"
      className={styles['strip']}
      aria-label={`Token heat along the trace: ${unsure} very unsure ${unsure === 1 ? 'token' : 'tokens'}. Goes to the first of them.`}
      title="Token heat along the trace"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        const first = steps.findIndex((step) => step >= 4)
        onGo(event.detail === 0 ? Math.max(0, first) / bars : (event.clientX - box.left) / box.width)
      }}
    >
      {steps.map((step, index) => (
        <i key={index} data-heat={step} />
      ))}
    </button>
  )
}
