import type { ReactNode } from 'react'
import { Field } from '../../../ui/controls.tsx'
import { labelOf, type FieldName } from './draft-fields.ts'
import type { Draft } from './run-draft.ts'
import type { Change } from './run-setup.tsx'

/** One number of the run: its unit stands beside it, its problem below it. */
export function NumberInput({
  name,
  unit,
  hint,
  empty,
  draft,
  onChange,
}: {
  readonly name: FieldName
  readonly unit?: string
  readonly hint?: ReactNode
  /** What an empty field means. */
  readonly empty?: string
  readonly draft: Draft
  readonly onChange: Change
}) {
  return (
    <Field label={labelOf(name)} hint={hint} problem={draft.problems[name] ?? null}>
      {(ids) => (
        <>
          <input
            {...ids}
            inputMode="decimal"
            autoComplete="off"
            value={draft.fields[name]}
            placeholder={empty}
            onChange={(event) => onChange({ [name]: typedText(event.target.value) })}
          />
          {unit !== undefined && <span className="unit">{unit}</span>}
        </>
      )}
    </Field>
  )
}

/** An empty text would drop out of the address and become the default while somebody types. */
const typedText = (text: string): string => (text.trim() === '' ? ' ' : text.trim())
