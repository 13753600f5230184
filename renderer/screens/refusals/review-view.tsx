import { useState } from 'react'
import type { RefusalCell } from '#shared/contract/refusal-views.ts'
import type { Outcome } from '#shared/domain/label.ts'
import { countText } from '#shared/domain/figures.ts'
import { wholeNumber } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { useActions } from '../../actions/use-actions.ts'
import { useLab } from '../../stores/use-app.ts'
import { Segment } from '../../ui/controls.tsx'
import { Bones, ErrorNotice, ProgressBar, Split } from '../../ui/region.tsx'
import { AgreementPanel } from './agreement-panel.tsx'
import { givenLabels } from './label-form.tsx'
import type { RefusalRun } from './refusal-run.ts'
import { ReviewDone } from './review-done.tsx'
import { ReviewItem } from './review-item.tsx'
import styles from './review.module.css'
import { useHeld } from './use-held.ts'
import { useKept } from './use-kept.ts'
import { useLabelling, type Standing } from './use-labelling.ts'

interface Decision {
  readonly cell: number
  readonly before?: Standing
}

/** An item that was opened again and carries the reviewer's own label: Undo means this one. */
const ownDecision = (shown: RefusalCell | null, reviewer: string | null): Decision | null =>
  shown !== null && shown.row.source === 'person' && shown.row.by === reviewer ? { cell: shown.row.cell.id } : null

/** One answer at a time, blind to the variant and to the label it has: keys 1 to 7 give one, s puts off, u takes back. */
export function ReviewView({ of }: { readonly of: RefusalRun }) {
  const { run, route } = of
  const kind = route.query['kind'] === 'check' ? 'check' : 'waiting'
  const [later, setLater] = useState<readonly number[]>([])
  const [decided, setDecided] = useState<readonly Decision[]>([])
  const [reason, setReason] = useState('')
  const labelling = useLabelling()
  const queued = useLab('refusals.queue', { run: run.id, kind, later: [...later], limit: 20 })
  const queue = useKept(queued)
  const justDecided = new Set(decided.map(({ cell }) => cell))
  const asked = wholeNumber(route.query['item'])
  const next = useHeld(queue, {
    scope: `${kind} ${later.join(' ')}`,
    isFresh: queued.status === 'ready',
    isDone: (cell) => justDecided.has(cell),
  })
  const current = asked ?? next
  const item = useLab('refusals.cell', current === null ? null : { cell: current })
  const shown = item.status === 'ready' ? item.data : null

  const decide = async (outcome: Outcome) => {
    if (shown === null || labelling.busy || labelling.reviewer === null || labelling.reviewer === '') return
    const { row } = shown
    if (!(await labelling.give(row.cell.id, { outcome, reason }))) return
    setDecided([...decided, { cell: row.cell.id, before: row }])
    setReason('')
    refine({ item: undefined })
  }
  const putOff = () => {
    if (current === null) return
    setLater([...later.filter((cell) => cell !== current), current])
    refine({ item: undefined })
  }
  const last = ownDecision(shown, labelling.reviewer) ?? decided.at(-1) ?? null
  const undo = async () => {
    if (last === null || labelling.busy || !(await labelling.takeBack(last.cell, last.before))) return
    setDecided(decided.filter(({ cell }) => cell !== last.cell))
    refine({ item: last.cell })
  }
  useActions('review', {
    ...(shown !== null &&
      Object.fromEntries(givenLabels.map((outcome) => [`give-${outcome}`, () => void decide(outcome)]))),
    later: current === null ? undefined : putOff,
    undo: last === null ? undefined : () => void undo(),
  })
  const left = queue?.left ?? null
  const waiting =
    shown === null && item.status !== 'failed' && (current !== null || (queue === null && queued.status !== 'failed'))
  return (
    <Split className={styles['review']}>
      <section className={styles['main']} aria-label="Review">
        <ReviewHead kind={kind} left={left} unlabelled={queue?.unlabelled ?? 0} decided={decided.length} />
        {queued.status === 'failed' && <ErrorNotice error={queued.error} />}
        {item.status === 'failed' && <ErrorNotice error={item.error} />}
        {labelling.problem !== null && <ErrorNotice error={labelling.problem} />}
        {current === null && left === 0 && (
          <ReviewDone run={run.id} kind={kind} onUndo={last === null ? null : () => void undo()} />
        )}
        {waiting && <Bones rows={8} />}
        {shown !== null && (
          <ReviewItem
            key={shown.row.cell.id}
            of={of}
            shown={shown}
            labelling={labelling}
            reason={reason}
            onReason={setReason}
            onDecide={(outcome) => void decide(outcome)}
            onLater={putOff}
            onUndo={last === null ? null : () => void undo()}
          />
        )}
      </section>
      <AgreementPanel of={of} />
    </Split>
  )
}

interface ReviewHeadProps {
  readonly kind: 'waiting' | 'check'
  readonly left: number | null
  readonly unlabelled: number
  readonly decided: number
}

/** `81 without a label, 14 whose label is the rules’ guess; `: what is left, by why it waits. */
function waitingWords(left: number, unlabelled: number): string {
  const kinds = [
    ...(unlabelled === 0 ? [] : [`${countText(unlabelled)} without a label`]),
    ...(left === unlabelled ? [] : [`${countText(left - unlabelled)} whose label is the rules’ guess`]),
  ]
  return kinds.length === 0 ? '' : `${kinds.join(', ')}; `
}

function ReviewHead({ kind, left, unlabelled, decided }: ReviewHeadProps) {
  const all = (left ?? 0) + decided
  return (
    <div className={styles['head']}>
      <Segment
        label="What to review"
        value={kind}
        choices={[
          { value: 'waiting', label: 'Waiting' },
          { value: 'check', label: 'Check the rules' },
        ]}
        onChange={(value) => refine({ kind: value === 'waiting' ? undefined : value, item: undefined })}
      />
      <h2 title={kind === 'waiting' ? waitingWords(left ?? 0, unlabelled) : undefined}>
        {left === null ? '' : `${countText(left)} left`}
      </h2>
      <span className="hint clip only-wide">
        {kind === 'waiting'
          ? `${waitingWords(left ?? 0, unlabelled)}blind: variant, label and its source are hidden until you decide`
          : 'answers that the rules were sure of, in random order, blind'}
      </span>
      {all > 0 && (
        <span className={styles['progress']} title={`${countText(decided)} decided now`}>
          <ProgressBar share={decided / all} label="Decided of those that waited" />
        </span>
      )}
    </div>
  )
}
