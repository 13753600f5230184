import type { Series } from '../../charts/series.ts'
import { PrecisionMark } from '../../ui/badge.tsx'

/** A variant's name with its colour, or its letter in grey while the screen is blind. */
export function VariantTag({ series, note }: { readonly series: Series; readonly note?: string | undefined }) {
  const { precision, brief, name } = series
  return <PrecisionMark name={precision ?? ''} label={brief} whole={name} {...(note === undefined ? {} : { note })} />
}
