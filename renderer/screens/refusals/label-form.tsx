import { useState } from 'react'
import type { Outcome } from '#shared/domain/label.ts'
import { outcomes } from '#shared/domain/words.ts'
import { LabelTile } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import styles from './detail.module.css'
import { ReviewerName } from './reviewer-name.tsx'
import { useLabelling, type Standing } from './use-labelling.ts'

/** The labels a person can give: all but `none`, which takes a label back. */
export const givenLabels = outcomes.filter((outcome) => outcome !== 'none')

/** A person's label over that of the rules. It is added to the log; nothing is overwritten. */
export function LabelForm({
  cell,
  standing,
  onDone,
}: {
  readonly cell: number
  readonly standing: Standing
  readonly onDone: () => void
}) {
  const { reviewer, problem, busy, give, takeBack, offerUndo } = useLabelling()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [reason, setReason] = useState('')
  if (reviewer === '') return <ReviewerName />
  const save = async () => {
    if (outcome === null || !(await give(cell, { outcome, reason }))) return
    offerUndo(cell, outcome, standing)
    onDone()
  }
  const isOwn = standing.source === 'person' && standing.by === reviewer
  const revoke = async () => {
    if (await takeBack(cell)) onDone()
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <fieldset>
        <legend className="hint">Your label, added to the log</legend>
        {givenLabels.map((candidate) => (
          <label key={candidate} data-chosen={candidate === outcome || undefined}>
            <input type="radio" name="label" checked={candidate === outcome} onChange={() => setOutcome(candidate)} />
            <LabelTile outcome={candidate} />
          </label>
        ))}
      </fieldset>
      <Field label="Reason">
        {(ids) => (
          <input {...ids} value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {problem !== null && <ErrorNotice error={problem} />}
      <div className="row">
        <Button kind="primary" size="small" type="submit" disabled={outcome === null || reviewer === null || busy}>
          Save label
        </Button>
        <Button kind="quiet" size="small" onClick={onDone}>
          Cancel
        </Button>
        {isOwn && (
          <Button kind="quiet" size="small" disabled={busy} onClick={() => void revoke()}>
            Take mine back
          </Button>
        )}
        {reviewer !== null && <span className="hint end clip">as {reviewer}</span>}
      </div>
    </form>
  )
}
