import type { Family } from '#shared/domain/variant.ts'
import { Checkbox, Field } from '../../../ui/controls.tsx'
import { labelOf } from './draft-fields.ts'
import { NumberInput } from './number-input.tsx'
import type { Draft, DraftQuery } from './run-draft.ts'
import type { Change } from './run-setup.tsx'
import styles from './setup.module.css'

/** Budgets, which prompts of the suites, what is kept besides the text, and who judges. */
export function LimitFields({
  draft,
  families,
  query,
  onChange,
}: {
  readonly draft: Draft
  readonly families: readonly Family[]
  readonly query: DraftQuery
  readonly onChange: Change
}) {
  const field = { draft, onChange }
  return (
    <section className={styles['section']} aria-label="Limits">
      <h2>Limits</h2>
      <div className={styles['fields']}>
        <NumberInput name="contextTokens" unit="tokens" {...field} />
        <NumberInput
          name="maxTokens"
          unit="tokens"
          hint="Thinking and answer together. Longer ones are cut."
          {...field}
        />
        <NumberInput
          name="idleSeconds"
          unit="s"
          hint="No text for this long ends a cell; what there is is kept."
          {...field}
        />
        <NumberInput name="limit" empty="all" hint="Spread evenly over its families." {...field} />
        <Field
          label={labelOf('where')}
          hint="Tags, for example distance=far, lang=en."
          problem={draft.problems.where ?? null}
        >
          {(ids) => (
            <input
              {...ids}
              value={query['where'] ?? ''}
              placeholder="all"
              autoComplete="off"
              onChange={(event) => onChange({ where: event.target.value })}
            />
          )}
        </Field>
        <NumberInput
          name="alternatives"
          empty="none stored"
          hint="Log-probabilities: 0 stores the chosen token’s only."
          {...field}
        />
        <NumberInput name="retries" hint="After a failure that may pass." {...field} />
        <NumberInput name="concurrency" empty="as the engine states" {...field} />
        <NumberInput name="threads" empty="the engine’s choice" {...field} />
        <Field label="Judge" hint="Answers judge graders, after all generation.">
          {(ids) => (
            <select {...ids} value={draft.judge ?? ''} onChange={(event) => onChange({ judge: event.target.value })}>
              <option value="">none</option>
              {families.map(({ name, rows }) => (
                <optgroup key={name} label={name}>
                  {rows
                    .flatMap(({ places }) => places)
                    .map((variant) => (
                      <option key={variant.id} value={variant.id}>
                        {variant.name}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          )}
        </Field>
      </div>
      <div className={styles['row']}>
        <Checkbox checked={draft.noiseFloor} onChange={(on) => onChange({ noise: on ? 'yes' : undefined })}>
          Noise floor <span className="hint">run the reference twice and see how far it differs from itself</span>
        </Checkbox>
      </div>
    </section>
  )
}
