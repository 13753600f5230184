import { memo } from 'react'
import type { Cell } from '#shared/domain/run.ts'
import { count, speed } from '../../../format/numbers.ts'
import { routeHash } from '../../../routing/route.ts'
import { CutName } from '../../../ui/cut-name.tsx'
import { CellBadge } from './cell-badge.tsx'
import styles from './last-cells.module.css'

/** The cells of a variant that ended last, newest first. */
export const LastCells = memo(function LastCells({ cells }: { readonly cells: readonly Cell[] }) {
  if (cells.length === 0) return null
  return (
    <div className={styles['last']}>
      <div className={styles['lasthead']}>
        <h3>Last cells</h3>
        <span className="hint end only-wide">
          thinking tokens<span className={styles['ifroom']}>, tokens/s</span>
        </span>
      </div>
      <table>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.id}>
              <td className="mono">
                <a href={traceHref(cell)} title={cell.promptId}>
                  <CutName name={cell.promptId} />
                </a>
              </td>
              <td>
                <CellBadge cell={cell} />
              </td>
              <td className="num">{cell.thinkingTokens === null ? '-' : count(cell.thinkingTokens)}</td>
              <td className="num">{cell.tokensPerSecond === null ? '-' : speed(cell.tokensPerSecond)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
})

const traceHref = ({ run, promptIndex, arm, sample, variantIndex }: Cell): string =>
  routeHash('traces', [run], {
    prompt: promptIndex,
    arm,
    sample,
    v: variantIndex === 0 ? '0' : `0,${variantIndex}`,
  })
