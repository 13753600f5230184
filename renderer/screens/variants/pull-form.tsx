import { Download } from 'lucide-react'
import type { FormEvent, RefObject } from 'react'
import type { CatalogueEntry } from '#shared/domain/variant.ts'
import { refine } from '../../routing/use-route.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import { noteOn } from './catalogue-rows.ts'
import { pullProblem } from './tag-name.ts'
import { useJobActions } from './use-jobs.ts'
import styles from './catalogue.module.css'

interface PullFormProps {
  readonly name: string
  /** Where it is pulled to; null where there is no engine that pulls. */
  readonly endpoint: string | null
  readonly endpoints: readonly string[]
  readonly entries: readonly CatalogueEntry[]
  readonly button: RefObject<HTMLButtonElement | null>
}

/** Pulls any name that Ollama knows; a row of the catalogue fills it in. */
export function PullForm({ name, endpoint, endpoints, entries, button }: PullFormProps) {
  const { start } = useJobActions()
  const problem = name === '' ? null : pullProblem(name.trim())
  const ready = name.trim() !== '' && problem === null && endpoint !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) start({ kind: 'pull', endpoint, name: name.trim() })
  }
  return (
    <form className={styles['pull']} onSubmit={submit}>
      <Field
        label="Pull by name"
        problem={problem}
        hint={noteOn(name, entries) ?? 'A tag of the Ollama library, hf.co/user/model, or a name on your own registry.'}
      >
        {(ids) => (
          <input
            {...ids}
            value={name}
            spellCheck={false}
            autoComplete="off"
            placeholder="deepseek-r1:7b-qwen-distill-q4_K_M"
            onChange={({ target }) => refine({ name: target.value })}
          />
        )}
      </Field>
      {(endpoints.length > 1 || (endpoint === null && endpoints.length > 0)) && (
        <Field label="To">
          {(ids) => (
            <select {...ids} value={endpoint ?? ''} onChange={({ target }) => refine({ engine: target.value })}>
              {endpoint === null && <option value="">choose</option>}
              {endpoints.map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Button ref={button} type="submit" kind="primary" disabled={!ready}>
        <Download aria-hidden /> Pull
      </Button>
    </form>
  )
}
