import { X } from 'lucide-react'
import { useEffect, useState, type RefObject } from 'react'
import type { Variant } from '#shared/domain/variant.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { refine } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useApp, useLab } from '../../stores/use-app.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import { Bones, EmptyState, ErrorNotice } from '../../ui/region.tsx'
import { MakeForm } from './make-form.tsx'
import { MakeProgress } from './make-progress.tsx'
import { refName } from './variant-identity.tsx'
import type { VariantsQuery } from './variants-query.ts'
import styles from './panel.module.css'

interface MakePanelProps {
  readonly panel: RefObject<HTMLElement | null>
  readonly query: VariantsQuery
  readonly all: readonly Variant[]
  readonly close: () => void
}

export type Scale = 'block' | 'channel' | 'tensor'

/** Makes a file of another precision of the selected variant, and shows it when it is there. */
export function MakePanel({ panel, query, all, close }: MakePanelProps) {
  const [scale, setScale] = useState<Scale>('block')
  const [started, setStarted] = useState<number | null>(null)
  const sources = all.filter(({ precision }) => isWide(precision.name))
  const source = all.find(({ id }) => id === query.inspect) ?? sources[0] ?? null
  const answer = useLab('variants.offer', source === null ? null : { variant: source.id, scale })
  const offer = dataOf(answer)
  const job = useApp(({ jobs }) => jobs.find(({ id }) => id === started)) ?? null
  const made = job?.state === 'done' ? job.made : null
  useEffect(() => {
    if (made !== null) refine({ make: undefined, inspect: made.id })
  }, [made])
  return (
    <aside ref={panel} tabIndex={-1} className={styles['panel']} aria-label="Make a variant">
      <div className={styles['panel-head']}>
        <h2>Make a variant</h2>
        <Button kind="quiet" size="icon" className="end" aria-label="Close" title="Close (Esc)" onClick={close}>
          <X />
        </Button>
      </div>
      <div className={styles['panel-body']}>
        {source === null ? (
          <EmptyState what="There is nothing to make one from.">
            A variant is made from an F16, BF16 or F32 one: pull the fp16 tag, or add a folder with GGUF files.
          </EmptyState>
        ) : (
          <div className={styles['make']}>
            <SourceField source={source} choices={[...new Set([...sources, source])]} />
            {answer.status === 'failed' && <ErrorNotice error={answer.error} />}
            {offer === null && answer.status === 'loading' && <Bones rows={7} />}
            {offer !== null && offer.refusal !== null && <ErrorNotice error={offer.refusal} />}
            {offer !== null && offer.refusal === null && (
              <MakeForm
                // What was chosen for one source is not meant for another.
                key={source.id}
                source={source}
                offer={offer}
                type={query.make ?? ''}
                scale={scale}
                setScale={setScale}
                known={filesOf(source.family, all)}
                disabled={job?.state === 'running'}
                onStarted={setStarted}
              />
            )}
            {job !== null && <MakeProgress job={job} />}
          </div>
        )}
      </div>
    </aside>
  )
}

/** Quantizing what is quantized adds up both losses: only these are offered. */
const isWide = (precision: string): boolean => /^(F16|BF16|F32)$/.test(precision)

/** What the family has as files already, by precision. */
const filesOf = (family: string, all: readonly Variant[]): ReadonlyMap<string, Variant> =>
  new Map(
    all
      .filter((variant) => variant.engine === 'builtin' && variant.family === family)
      .map((variant) => [variant.precision.name, variant]),
  )

function SourceField({ source, choices }: { readonly source: Variant; readonly choices: readonly Variant[] }) {
  return (
    <Field label="From">
      {(ids) => (
        <select {...ids} value={source.id} onChange={({ target }) => refine({ inspect: target.value })}>
          {choices.map((variant) => (
            <option key={variant.id} value={variant.id}>
              {precisionText(variant.precision)} {refName(variant)}, {endpointName(variant.endpoint, variant.engine)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
