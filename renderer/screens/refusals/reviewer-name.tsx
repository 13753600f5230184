import { useState } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { pageError } from '../../stores/loadable.ts'
import { useAppStore } from '../../stores/use-app.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import styles from './detail.module.css'

/** Asks whose labels these are, once, in the place where the first one is given. */
export function ReviewerName() {
  const store = useAppStore()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const save = async () => {
    try {
      await store.lab['settings.set']({ reviewer: name.trim() })
      store.getState().invalidate((call) => call === 'settings.get')
    } catch (error) {
      setProblem(pageError(error))
    }
  }
  return (
    <form
      className={styles['who']}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void save()
      }}
    >
      <Field
        label="Your name or initials"
        hint="Stands beside every label that you give, in the log and in its export."
      >
        {(ids) => <input {...ids} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Button kind="primary" type="submit" disabled={name.trim() === ''}>
        Use this name
      </Button>
      {problem !== null && <ErrorNotice error={problem} />}
    </form>
  )
}
