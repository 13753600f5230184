import { PrecisionMark } from '../../ui/badge.tsx'
import { nameOf, precisionOf, type RefusalRun } from './refusal-run.ts'

/** A variant of the run by its mark and name. */
export function VariantMark({ of, index }: { readonly of: RefusalRun; readonly index: number }) {
  const name = nameOf(of, index)
  return <PrecisionMark name={precisionOf(of, index)} label={of.briefs.get(index) ?? name} whole={name} />
}
