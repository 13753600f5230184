import { ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react'
import type { PromptView } from '#shared/contract/views.ts'
import { count } from '../../format/numbers.ts'
import { Button } from '../../ui/button.tsx'
import styles from './traces.module.css'

/** Characters that fit into the lines shown, however narrow the window is. */
const mostShort = 150

/** What was asked, its first lines; pressing it shows the rest. And the way to the prompts before and after it. */
export function PromptLine({
  view,
  index,
  onGo,
}: {
  readonly view: PromptView | null
  readonly index: number | null
  readonly onGo: (way: 1 | -1) => void
}) {
  const system = view?.prompt.system
  const text = view?.prompt.text.trim() ?? ''
  const isLong = system !== undefined || text.length > mostShort || /\n.*\n.*\n/.test(text)
  return (
    <div className={styles['promptline']}>
      <details>
        <summary title={view?.prompt.text}>
          <b>Prompt</b>
          <span className={styles['asked']} lang={view?.prompt.lang}>
            {text}
          </span>
          {isLong && <ChevronDown aria-hidden />}
        </summary>
        {system !== undefined && <p className={styles['system']}>{system}</p>}
      </details>
      <span className="hint">
        {view === null || index === null ? '' : `${count(index + 1)} of ${count(view.total)}`}
      </span>
      <Button
        kind="quiet"
        size="icon"
        aria-label="Previous prompt"
        title="Previous prompt ([)"
        disabled={index === 0}
        onClick={() => onGo(-1)}
      >
        <ChevronLeft aria-hidden />
      </Button>
      <Button
        kind="quiet"
        size="icon"
        aria-label="Next prompt"
        title="Next prompt (])"
        disabled={view === null || index === view.total - 1}
        onClick={() => onGo(1)}
      >
        <ChevronRight aria-hidden />
      </Button>
    </div>
  )
}
