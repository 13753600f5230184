import { useState, type PointerEvent } from 'react'
import { candidates } from '#shared/thinking/first-divergence.ts'
import { tokenEntropyBits } from '#shared/thinking/token-heat.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { percent } from '../../format/numbers.ts'
import { TokenText } from './token-text.tsx'
import styles from './pane.module.css'

interface Pointed {
  readonly token: number
  readonly left: number
  readonly top: number
  readonly above: boolean
}

/** Which token the pointer is on. One listener for a whole pane, however many tokens it has. */
export function usePointedToken() {
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const onPointerOver = (event: PointerEvent) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-token]') : null
    const token = Number(element?.dataset['token'])
    if (element === null || !Number.isInteger(token)) {
      setPointed(null)
      return
    }
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect()
    const above = box.bottom > window.innerHeight - tipRoom
    setPointed({
      token,
      left: Math.max(8, Math.min(box.left, window.innerWidth - tipRoom)),
      top: above ? box.top - 6 : box.bottom + 6,
      above,
    })
  }
  return {
    pointed,
    handlers: { onPointerOver, onPointerLeave: () => setPointed(null), onScroll: () => setPointed(null) },
  }
}

/** Room a tip needs below or beside a token, pixels. */
const tipRoom = 190
const shownCandidates = 5

/** What the model held likely at one place. */
export function TokenTip({ pointed, tokens }: { readonly pointed: Pointed; readonly tokens: readonly TokenRecord[] }) {
  const token = tokens[pointed.token]
  if (token === undefined) return null
  const bits = tokenEntropyBits(token)
  const all = candidates(token)
  return (
    <div
      className={styles['tip']}
      role="tooltip"
      data-above={pointed.above || undefined}
      style={{ left: pointed.left, top: pointed.top }}
    >
      <p>
        <TokenText text={token.text} strong /> <span className="unit">token {pointed.token + 1}</span>
      </p>
      <dl>
        {all.slice(0, shownCandidates).map(({ text, id, probability, chosen }, index) => (
          <div key={`${id ?? ''} ${text} ${index}`}>
            <dt>
              <TokenText text={text} strong={chosen} />
            </dt>
            <dd>{probability === null ? '-' : `${percent(probability)} %`}</dd>
          </div>
        ))}
      </dl>
      {all.length < 2 && <p className="unit">no alternatives stored</p>}
      {bits !== null && (
        <p className="unit">
          entropy {all.length > 1 ? 'at least ' : ''}
          {bits.toFixed(1)} bits
        </p>
      )}
    </div>
  )
}
