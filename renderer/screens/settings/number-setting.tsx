import { useState, type ReactNode } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { isWithin, rangeText, type NumberRange } from '../../format/number-range.ts'
import { pageError } from '../../stores/loadable.ts'
import { Field } from '../../ui/controls.tsx'
import styles from './settings.module.css'

/** Why what stands in a number's field will not do; null where it will. */
const numberProblem = (text: string, range: NumberRange): string | null =>
  text.trim() !== '' && isWithin(Number(text), range) ? null : rangeText(range)

/** One number: checked where it is typed, saved when the field is left. `empty` says what an empty field means, where it may be. */
export function NumberSetting({
  label,
  hint,
  unit,
  value,
  range,
  empty,
  onSave,
}: {
  readonly label: string
  readonly hint?: ReactNode
  readonly unit?: string
  readonly value: number | null
  readonly range: NumberRange
  readonly empty?: string
  readonly onSave: (value: number | null) => Promise<void>
}) {
  const stored = value === null ? '' : String(value)
  const [text, setText] = useState(stored)
  const [refused, setRefused] = useState<ErrorInfo | null>(null)
  const mayBeEmpty = empty !== undefined && text.trim() === ''
  const problem = mayBeEmpty ? null : numberProblem(text, range)
  const save = () => {
    if (problem !== null || text.trim() === stored) return
    setRefused(null)
    onSave(mayBeEmpty ? null : Number(text)).catch((error: unknown) => setRefused(pageError(error)))
  }
  return (
    <div className={styles['number']}>
      <Field label={label} hint={hint} problem={problem ?? refused?.message ?? null}>
        {(ids) => (
          <>
            <input
              {...ids}
              inputMode="decimal"
              autoComplete="off"
              value={text}
              placeholder={empty}
              onChange={({ target }) => setText(target.value)}
              onBlur={save}
              onKeyDown={(event) => {
                if (event.key === 'Enter') save()
              }}
            />
            {unit !== undefined && <span className="unit">{unit}</span>}
          </>
        )}
      </Field>
    </div>
  )
}
