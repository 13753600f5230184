import { useState, type ReactNode } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { pageError } from '../../stores/loadable.ts'
import { Field } from '../../ui/controls.tsx'
import styles from './settings.module.css'

export interface NumberRange {
  readonly from: number
  readonly to: number
  readonly whole: boolean
}

/** What stands in a number's field and why it will not do; null where it will. */
function numberProblem(text: string, { from, to, whole }: NumberRange): string | null {
  const value = Number(text)
  const fits = text.trim() !== '' && value >= from && value <= to && (!whole || Number.isInteger(value))
  if (fits) return null
  return `${whole ? 'A whole number' : 'A number'} from ${from.toLocaleString('en-US')} to ${to.toLocaleString('en-US')}.`
}

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
