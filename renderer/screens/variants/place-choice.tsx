import type { FamilyRow, Variant } from '#shared/domain/variant.ts'
import { refine } from '../../routing/use-route.ts'
import { Field } from '../../ui/controls.tsx'
import { placeText } from './variant-identity.tsx'
import styles from './panel.module.css'

/** Which of several places of equal weights the panel is about, and so which one its actions act on. */
export function PlaceChoice({ row, variant }: { readonly row: FamilyRow | undefined; readonly variant: Variant }) {
  if (row === undefined || row.places.length < 2) return null
  return (
    <div className={styles['places']}>
      <Field
        label={`These weights lie in ${row.places.length} places; the actions are about`}
        hint="Byte for byte the same tensors, so differences between them are the engine’s."
      >
        {(ids) => (
          <select
            {...ids}
            value={variant.id}
            onChange={({ target }) => refine({ inspect: target.value }, { replace: true })}
          >
            {row.places.map((place) => (
              <option key={place.id} value={place.id}>
                {placeText(place)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}
