import type { Variant } from '#shared/domain/variant.ts'
import styles from './panel.module.css'

/** The place of the heat strip over the layers. Nothing measures it yet, and nothing is drawn in its stead. */
export function SignalToNoise({ variant }: { readonly variant: Variant }) {
  return (
    <section className={styles['part']}>
      <h3>
        Signal to noise <span className="hint">dB, against the reference</span>
      </h3>
      <p className="quiet">
        Not measured. It would show, layer by layer, how far the weights of {variant.precision.name} are from those of
        the reference. What the rounding does to answers is measured by a run and shown in Compare.
      </p>
    </section>
  )
}
