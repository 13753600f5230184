import { useState, type FormEvent } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { variantsOf } from '#shared/domain/families.ts'
import { variantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'
import { refine } from '../../routing/use-route.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import { tagProblem } from './tag-name.ts'
import styles from './panel.module.css'

/** A second name for a tag. It takes no space: the weights are shared. */
export function CopyForm({ variant, close }: { readonly variant: Variant; readonly close: () => void }) {
  const store = useAppStore()
  const [to, setTo] = useState('')
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const families = dataOf(useLab('variants.list', { refresh: false }))
  const taken = variantsOf(families ?? [])
    .filter(({ endpoint }) => endpoint === variant.endpoint)
    .map(({ ref }) => ref)
  const wrong = to === '' ? null : tagProblem(to, taken)
  const copy = async (event: FormEvent) => {
    event.preventDefault()
    if (to === '' || wrong !== null) return
    try {
      await store.lab['variants.copy']({ variant: variant.id, to })
      store.getState().invalidate((name) => name.startsWith('variants.'))
      close()
      refine({ inspect: variantId(variant.endpoint, to.includes(':') ? to : `${to}:latest`) })
    } catch (error) {
      setProblem(pageError(error))
    }
  }
  return (
    <form className={styles['copy']} onSubmit={(event) => void copy(event)}>
      <Field label={`Copy ${variant.ref} to`} hint="It takes no space: both names share the weights." problem={wrong}>
        {(ids) => (
          <input
            {...ids}
            value={to}
            placeholder={`${variant.ref}-copy`}
            onChange={({ target }) => setTo(target.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button type="submit" size="small" disabled={to === '' || wrong !== null}>
          Copy
        </Button>
        <Button size="small" kind="quiet" onClick={close}>
          Leave it
        </Button>
      </div>
      {problem !== null && <ErrorNotice error={problem} />}
    </form>
  )
}
