import { Info, Layers, TriangleAlert } from 'lucide-react'
import type { Variant } from '#shared/domain/variant.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { PrecisionMark } from '../../ui/badge.tsx'
import type { ListRow } from './variant-rows.ts'
import styles from './variants.module.css'

type VariantRow = Extract<ListRow, { kind: 'variant' }>

/** What people know it by on its engine: a tag, or a file's name. */
export const refName = ({ engine, ref, shortRef }: Variant): string =>
  engine === 'builtin' ? (shortRef ?? ref.split(/[/\\]/).at(-1) ?? ref) : ref

/** `specimen:q8_0, Ollama`: where these weights can be run. */
export const placeText = (place: Variant): string =>
  `${refName(place)}, ${endpointName(place.endpoint, place.engine)}${place.loaded ? ', loaded' : ''}`

/** The engines of a row, each once. */
export const enginesText = ({ places }: VariantRow): string =>
  [...new Set(places.map(({ endpoint, engine }) => endpointName(endpoint, engine)))].join(', ')

/** Precision and name of a row, and what there is to know of it. */
export function Identity({ row }: { readonly row: VariantRow }) {
  const { variant, places, distinction, reference } = row
  const notes = [
    ...new Set([...places.flatMap((place) => place.notes), ...(distinction === null ? [] : [distinction])]),
  ]
  const warns = !variant.precision.simulated && notes.some((note) => note !== distinction)
  return (
    <span className={styles['identity']}>
      <PrecisionMark name={precisionText(variant.precision)} {...(reference && { note: 'reference' })} />
      <span className="hint clip" title={variant.ref}>
        {refName(variant)}
      </span>
      {places.length > 1 && <Places places={places} />}
      {notes.length > 0 && (
        <span className={styles['mark']} data-warn={warns || undefined} title={notes.join('\n')}>
          {warns ? <TriangleAlert aria-hidden /> : <Info aria-hidden />}
          <span className="sr">{notes.join(' ')}</span>
        </span>
      )}
    </span>
  )
}

function Places({ places }: { readonly places: readonly Variant[] }) {
  const text = `The same weights in ${places.length} places:\n${places.map(placeText).join('\n')}`
  return (
    <span className={styles['mark']} title={text}>
      <Layers aria-hidden />
      <span aria-hidden>{places.length}</span>
      <span className="sr">{text}</span>
    </span>
  )
}
