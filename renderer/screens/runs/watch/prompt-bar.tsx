import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { PromptView } from '#shared/contract/views.ts'
import { count } from '../../../format/numbers.ts'
import { refine } from '../../../routing/use-route.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, Key } from '../../../ui/button.tsx'
import { Segment } from '../../../ui/controls.tsx'
import type { Focus } from './use-focus.ts'
import styles from './prompt-bar.module.css'

/** Holds on to a generation, so that it has an address of its own. */
export const hold = ({ promptIndex, arm, sample }: Focus): void =>
  refine({ prompt: promptIndex, arm: arm === 'natural' ? undefined : arm, sample: sample === 0 ? undefined : sample })

export const follow = (): void => refine({ prompt: undefined, arm: undefined, sample: undefined })

/** The prompt that the lanes answer, and whether it stays or follows the newest cell. */
export function PromptBar({
  prompt,
  total,
  focus,
  held,
  running,
}: {
  readonly prompt: PromptView | null
  /** Prompts of the run; null while that is not known. */
  readonly total: number | null
  readonly focus: Focus
  readonly held: boolean
  readonly running: boolean
}) {
  const step = (by: number) => {
    if (total !== null) hold({ ...focus, promptIndex: (focus.promptIndex + by + total) % Math.max(1, total) })
  }
  return (
    <section className={styles['prompt']} aria-label="Prompt">
      <b title={prompt === null ? undefined : `${prompt.suite}, prompt ${focus.promptIndex + 1} of ${prompt.total}`}>
        {prompt?.prompt.id ?? `prompt ${focus.promptIndex + 1}`}
      </b>
      {focus.arm !== 'natural' && <Badge>{focus.arm}</Badge>}
      {focus.sample > 0 && <Badge>sample {focus.sample + 1}</Badge>}
      <p className="clip" title={prompt?.prompt.text} lang={prompt?.prompt.lang}>
        {prompt?.prompt.text}
      </p>
      {prompt?.expected != null && (
        <span className={`hint clip ${styles['expected']}`} title={`expected ${prompt.expected}`}>
          expected {prompt.expected}
        </span>
      )}
      <span className="row">
        <Button
          kind="quiet"
          size="icon"
          aria-label="Previous prompt"
          title="Previous prompt  ["
          onClick={() => step(-1)}
        >
          <ChevronLeft />
        </Button>
        <span className="hint">{total === null ? '-' : `${count(focus.promptIndex + 1)} of ${count(total)}`}</span>
        <Button kind="quiet" size="icon" aria-label="Next prompt" title="Next prompt  ]" onClick={() => step(1)}>
          <ChevronRight />
        </Button>
      </span>
      {running && (
        <Segment
          label="Which prompt is shown"
          value={held ? 'hold' : 'follow'}
          onChange={(next) => (next === 'follow' ? follow() : hold(focus))}
          choices={[
            {
              value: 'follow',
              label: (
                <>
                  Follow <Key>f</Key>
                </>
              ),
            },
            { value: 'hold', label: 'Hold' },
          ]}
        />
      )}
    </section>
  )
}
