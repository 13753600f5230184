import { endpointName } from '#shared/domain/engine-name.ts'
import type { MemoryFit, Variant } from '#shared/domain/variant.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import { bytes, count } from '../../../format/numbers.ts'
import { PrecisionMark } from '../../../ui/badge.tsx'
import { Checkbox } from '../../../ui/controls.tsx'
import { FitBadge } from '../../variants/fit-bar.tsx'
import { placeText } from '../../variants/variant-identity.tsx'
import styles from './setup.module.css'

interface VariantChoiceRowProps {
  /** The place of the row that is taken. */
  readonly variant: Variant
  /** Where else the same weights are. */
  readonly places: readonly Variant[]
  readonly distinction: string | null
  readonly chosen: boolean
  readonly isReference: boolean
  readonly fit: MemoryFit | null
  readonly onToggle: (chosen: boolean) => void
  readonly onReference: () => void
  readonly onPlace: (id: string) => void
}

/** One row a precision: whether it is run, where, and whether it is the reference. */
export function VariantChoiceRow(props: VariantChoiceRowProps) {
  const { variant, places, distinction, chosen, isReference, fit, onToggle, onReference, onPlace } = props
  const { name, precision, sizeBytes, contextTokens, notes } = variant
  const said = [name, variant.id, ...notes, ...(distinction === null ? [] : [distinction])]
  const size = bytes(sizeBytes)
  return (
    <tr data-on={chosen || undefined}>
      <td className={styles['wide']} title={said.join('\n')}>
        <Checkbox checked={chosen} onChange={onToggle}>
          <PrecisionMark name={precisionText(precision)} />
          {places.length === 1 && <span className="hint">{name}</span>}
        </Checkbox>
        {places.length > 1 && <PlaceSelect variant={variant} places={places} onPlace={onPlace} />}
      </td>
      <td>
        <input
          type="radio"
          name="reference"
          aria-label={`${name} is the reference`}
          checked={chosen && isReference}
          disabled={!chosen}
          onChange={onReference}
        />
      </td>
      <td className="only-wide quiet">{endpointName(variant.endpoint, variant.engine)}</td>
      <td className="num only-wide">{precision.bitsPerWeight?.toFixed(2) ?? '-'}</td>
      <td className="num">
        {size.figure} <span className="unit">{size.unit}</span>
      </td>
      <td className="num only-wide">{contextTokens === null ? '-' : count(contextTokens)}</td>
      <td>
        {fit === null ? <span title="What it needs in memory could not be computed.">-</span> : <FitBadge fit={fit} />}
      </td>
    </tr>
  )
}

function PlaceSelect({ variant, places, onPlace }: Pick<VariantChoiceRowProps, 'variant' | 'places' | 'onPlace'>) {
  return (
    <select
      className={styles['place']}
      aria-label={`Where ${variant.name} is run`}
      title={`The same weights in ${places.length} places: choose where they are run.`}
      value={variant.id}
      onChange={({ target }) => onPlace(target.value)}
    >
      {places.map((place) => (
        <option key={place.id} value={place.id}>
          {placeText(place)}
        </option>
      ))}
    </select>
  )
}
