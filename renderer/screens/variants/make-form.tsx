import { Check, Zap } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { MakeOffer } from '#shared/contract/views.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { bytes } from '../../format/numbers.ts'
import { refine } from '../../routing/use-route.ts'
import { PrecisionMark } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Field, Segment } from '../../ui/controls.tsx'
import { shownType } from './job-rows.tsx'
import type { Scale } from './make-panel.tsx'
import { chooseOffered, type OfferedType } from './offered-type.ts'
import { tagProblem } from './tag-name.ts'
import { useJobActions } from './use-jobs.ts'
import styles from './panel.module.css'

/** Files of the family that are there already, wherever they lie, by precision. */
type KnownFiles = ReadonlyMap<string, Variant>

interface MakeFormProps {
  readonly source: Variant
  readonly offer: MakeOffer
  /** As the address has it; anything that is not offered means the first that can be made and is not there yet. */
  readonly type: string
  readonly scale: Scale
  readonly setScale: (scale: Scale) => void
  readonly known: KnownFiles
  readonly disabled: boolean
  readonly onStarted: (job: number) => void
}

export function MakeForm({ source, offer, type, scale, setScale, known, disabled, onStarted }: MakeFormProps) {
  const { start } = useJobActions()
  const chosen = chooseOffered(offer.types, type, known)
  const [path, setPath] = useState<string | null>(null)
  const [registers, setRegisters] = useState(false)
  const [name, setName] = useState<string | null>(null)
  if (chosen === null) return null
  const file = path ?? chosen.file
  const tag = name ?? `${source.family.replaceAll(/[^\w.-]+/g, '-')}:${chosen.type.toLowerCase()}`
  const problem = makeProblem(chosen, path, offer)
  const wrongTag = registers ? tagProblem(tag, offer.registry?.tags ?? []) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problem !== null || wrongTag !== null || disabled) return
    const request = { kind: 'make', variant: source.id, family: source.family, type: chosen.type, scale } as const
    onStarted(start({ ...request, ...(path !== null && { out: file }), ...(registers && { register: tag }) }))
  }
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TypeChoice types={offer.types} chosen={chosen} known={known} />
      {chosen.simulated && <Fp8Note scale={scale} setScale={setScale} />}
      <Field
        label="Written to"
        problem={problem}
        hint={
          path === null
            ? 'The lab’s own folder: it appears in the list by itself.'
            : 'Outside the folders of the settings it is made, but not listed.'
        }
      >
        {(ids) => (
          <input
            {...ids}
            value={file}
            spellCheck={false}
            title={file}
            onChange={({ target }) => setPath(target.value)}
          />
        )}
      </Field>
      {offer.registry !== null && (
        <>
          <Checkbox checked={registers} onChange={setRegisters}>
            Also register it with {endpointName(offer.registry.endpoint, 'ollama')}
          </Checkbox>
          {registers && (
            <Field label="Tag" problem={wrongTag} hint="The source’s template and parameters go along.">
              {(ids) => (
                <input {...ids} value={tag} spellCheck={false} onChange={({ target }) => setName(target.value)} />
              )}
            </Field>
          )}
        </>
      )}
      <Button type="submit" disabled={disabled || problem !== null || wrongTag !== null}>
        <Zap aria-hidden /> Make {shownType(chosen.type)}
      </Button>
    </form>
  )
}

function makeProblem(chosen: OfferedType, path: string | null, { freeDiskBytes }: MakeOffer): string | null {
  if (chosen.refusal !== null) return chosen.refusal
  if (chosen.exists && (path === null || path === chosen.file)) return 'This file exists already and is not replaced.'
  if (path !== null && !/\.gguf$/i.test(path)) return 'A whole path that ends in .gguf.'
  if (freeDiskBytes !== null && path === null && chosen.expectedBytes > freeDiskBytes) {
    const [needed, free] = [bytes(chosen.expectedBytes), bytes(freeDiskBytes)]
    return `It needs about ${needed.figure} ${needed.unit}, and ${free.figure} ${free.unit} are free on that disk.`
  }
  return null
}

function TypeChoice({
  types,
  chosen,
  known,
}: {
  readonly types: readonly OfferedType[]
  readonly chosen: OfferedType
  readonly known: KnownFiles
}) {
  return (
    <fieldset className={styles['types']}>
      <legend className="hint">Precision, bits per weight, size</legend>
      {types.map((offered) => {
        const there = known.get(shownType(offered.type))
        // Of a file that is there nothing has to be guessed.
        const about = there === undefined ? '≈ ' : ''
        const size = bytes(there?.sizeBytes ?? offered.expectedBytes)
        const bits = there?.precision.bitsPerWeight ?? offered.bitsPerWeight
        return (
          <label key={offered.type} title={offered.refusal ?? offered.file}>
            <input
              type="radio"
              name="type"
              checked={offered === chosen}
              disabled={offered.refusal !== null}
              onChange={() => refine({ make: offered.type }, { replace: true })}
            />
            <PrecisionMark name={shownType(offered.type)} />
            <span title={presence(offered, known)}>
              {presence(offered, known) !== '' && (
                <>
                  <Check aria-hidden />
                  <span className="sr">{presence(offered, known)}</span>
                </>
              )}
            </span>
            <span className="num">{`${about}${bits.toFixed(1)}`}</span>
            <span className="num">
              {`${about}${size.figure}`} <span className="unit">{size.unit}</span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}

function presence({ type, exists, refusal }: OfferedType, known: KnownFiles): string {
  if (refusal !== null) return ''
  return exists ? 'This file is there already' : known.has(shownType(type)) ? 'There is one already, elsewhere' : ''
}

const scaleWords: Readonly<Record<Scale, string>> = {
  block: 'One scale for every block of 128 × 128 weights, as DeepSeek does.',
  channel: 'One scale for every output channel.',
  tensor: 'One scale for the whole tensor: the coarsest.',
}

/** What FP8 means where nothing computes in FP8. */
function Fp8Note({ scale, setScale }: { readonly scale: Scale; readonly setScale: (scale: Scale) => void }) {
  return (
    <div className={styles['fp8']}>
      <div className="row">
        <span className="quiet">Scale</span>
        <Segment
          label="Scale of the FP8 values"
          value={scale}
          choices={[
            { value: 'block', label: 'block' },
            { value: 'channel', label: 'channel' },
            { value: 'tensor', label: 'tensor' },
          ]}
          onChange={setScale}
        />
      </div>
      <p className="hint">
        {scaleWords[scale]} The layers’ weights are rounded to FP8 and stored as F16: what FP8 costs in quality shows,
        but nothing gets smaller or faster. Activations are not rounded.
      </p>
    </div>
  )
}
