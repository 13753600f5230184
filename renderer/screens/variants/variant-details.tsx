import { Copy, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { VariantInspection } from '#shared/contract/views.ts'
import { familyReason } from '#shared/domain/families.ts'
import { shortDigest } from '#shared/domain/ids.ts'
import type { MemoryFit, Variant } from '#shared/domain/variant.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { bytes, count } from '../../format/numbers.ts'
import { Button } from '../../ui/button.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { parametersText } from '#shared/domain/figures.ts'
import { FitBadge, FitBar } from './fit-bar.tsx'
import { memoryScale } from './memory-scale.ts'
import { SignalToNoise } from './signal-to-noise.tsx'
import { useMachineBytes } from './use-machine-bytes.ts'
import { refName } from './variant-identity.tsx'
import styles from './panel.module.css'

interface VariantDetailsProps {
  readonly inspection: VariantInspection
  readonly variant: Variant
  /** Why the family has another row of this precision, or null. */
  readonly distinction: string | null
  readonly fit: MemoryFit | null
}

export function VariantDetails({ inspection, variant, distinction, fit }: VariantDetailsProps) {
  return (
    <>
      <Facts inspection={inspection} variant={variant} />
      <Notes notes={variant.notes} warn={!variant.precision.simulated} />
      <Notes notes={distinction === null ? [] : [distinction]} warn={false} />
      {fit !== null && <Memory fit={fit} loaded={variant.loaded} />}
      <SignalToNoise variant={variant} />
    </>
  )
}

function Facts({ inspection, variant }: { readonly inspection: VariantInspection; readonly variant: Variant }) {
  const { tensors, typeMix, cacheBytesPerToken, geometry } = inspection
  const { precision, parameters, contextTokens, capabilities } = variant
  const cache = cacheBytesPerToken === null ? null : bytes(cacheBytesPerToken)
  const size = bytes(variant.sizeBytes)
  const reason = familyReason(variant)
  return (
    <dl className={styles['facts']}>
      <Fact name="family">
        {variant.family}
        {reason !== null && <span className="hint">, {reason}</span>}
      </Fact>
      <Fact name="engine">{endpointName(variant.endpoint, variant.engine)}</Fact>
      <Fact name={variant.engine === 'builtin' ? 'file' : 'tag'} copy={variant.ref}>
        {refName(variant)}
      </Fact>
      <Fact name="digest" copy={variant.digest}>
        <code>{shortDigest(variant.digest)}</code>
      </Fact>
      {variant.weightsDigest !== null && variant.weightsDigest !== variant.digest && (
        <Fact name="weights digest" copy={variant.weightsDigest}>
          <code>{shortDigest(variant.weightsDigest)}</code>
        </Fact>
      )}
      <Fact name="bits per weight">
        {precision.bitsPerWeight === null
          ? '- the engine shows no tensors'
          : `${precision.bitsPerWeight.toFixed(2)}, from ${count(tensors.length)} tensors`}
        {precision.simulated && '; values rounded to FP8, stored wider'}
      </Fact>
      {typeMix.length > 0 && (
        <Fact name="tensor types">{typeMix.map((share) => `${count(share.tensors)} ${share.type}`).join(', ')}</Fact>
      )}
      <Fact name="parameters">
        {parameters === null ? '-' : parametersText(parameters)}
        {variant.architecture !== null && `, ${variant.architecture}`}
      </Fact>
      {geometry !== null && (
        <Fact name="layers">
          {geometry.layers}, {geometry.kvHeads} KV heads of {geometry.headSize}, vocabulary {count(geometry.vocabulary)}
        </Fact>
      )}
      <Fact name="context">
        {contextTokens === null ? '-' : count(contextTokens)}
        {cache !== null && `, ${cache.figure} ${cache.unit} of cache a token`}
      </Fact>
      <Fact name="size">
        {size.figure} {size.unit}
      </Fact>
      <Fact name="can">{capabilities.length === 0 ? '-' : capabilities.toSorted().join(', ')}</Fact>
    </dl>
  )
}

function Fact({
  name,
  copy,
  children,
}: {
  readonly name: string
  readonly copy?: string
  readonly children: ReactNode
}) {
  const copyText = useCopy()
  return (
    <>
      <dt>{name}</dt>
      <dd {...(copy !== undefined && { title: copy })}>
        <span>{children}</span>
        {copy !== undefined && (
          <Button
            kind="quiet"
            size="icon"
            aria-label={`Copy the ${name}`}
            title={`Copy ${copy}`}
            onClick={() => copyText(copy)}
          >
            <Copy />
          </Button>
        )}
      </dd>
    </>
  )
}

function Notes({ notes, warn }: { readonly notes: readonly string[]; readonly warn: boolean }) {
  const Glyph = warn ? TriangleAlert : Info
  if (notes.length === 0) return null
  return (
    <section className={styles['part']} aria-label="To know">
      <ul className={styles['notes']} data-warn={warn || undefined}>
        {notes.map((note) => (
          <li key={note}>
            <Glyph aria-hidden /> {note}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Memory({ fit, loaded }: { readonly fit: MemoryFit; readonly loaded: boolean }) {
  const parts = [
    ['weights', fit.weightsBytes],
    ['KV cache', fit.kvCacheBytes],
    ['overhead', fit.computeBytes],
  ] as const
  const scaleGigabytes = memoryScale([fit], useMachineBytes())
  const text = (size: number) => `${bytes(size).figure} ${bytes(size).unit}`
  return (
    <section className={styles['part']}>
      <h3 className="row">
        Memory at {count(fit.contextTokens)} tokens <FitBadge fit={fit} />
      </h3>
      {fit.totalBytes > 0 && (
        <>
          <FitBar fit={fit} scaleGigabytes={scaleGigabytes} />
          <p className="quiet">
            {parts.map(([name, size]) => `${name} ${text(size)}`).join(' + ')} = <b>{text(fit.totalBytes)}</b>
            {fit.freeBytes > 0 && ` of ${text(fit.freeBytes)} free`}
          </p>
        </>
      )}
      {fit.note !== null && <p className="hint">{fit.note}</p>}
      {loaded && <p className="hint">It is loaded: what it takes is not among what is free.</p>}
    </section>
  )
}
