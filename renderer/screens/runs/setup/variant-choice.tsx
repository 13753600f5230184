import { Fragment, useMemo } from 'react'
import { variantsOf } from '#shared/domain/families.ts'
import { finestFirst } from '#shared/domain/precision.ts'
import type { Family, FamilyRow, MemoryFit, Variant } from '#shared/domain/variant.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/region.tsx'
import { writeList } from './draft-lists.ts'
import { MakeSpecimen } from './make-specimen.tsx'
import { nothing, type Draft } from './run-draft.ts'
import type { Change } from './run-setup.tsx'
import styles from './setup.module.css'
import { Problem } from './suite-choice.tsx'
import { VariantChoiceRow } from './variant-choice-row.tsx'

/** Variants whose fit is asked for at once: what the contract takes. */
const fitsAtOnce = 500

/** Which variants: families as groups, one row a precision, and which of them is the reference. */
export function VariantChoice({
  families,
  draft,
  onChange,
}: {
  readonly families: readonly Family[]
  readonly draft: Draft
  readonly onChange: Change
}) {
  const all = useMemo(() => variantsOf(families), [families])
  const fits = useFits(all, draft.spec?.contextTokens ?? null)
  const chosen = new Set<string>(draft.variants.map(({ id }) => id))
  const choose = (ids: ReadonlySet<string>, more: Parameters<Change>[0] = {}) => {
    const kept = all.filter(({ id }) => ids.has(id)).map(({ id }) => id)
    onChange({ variants: kept.length === 0 ? nothing : writeList(kept), variant: undefined, ...more })
  }
  const referenceId = (draft.reference ?? finestFirst(draft.variants)[0])?.id
  /** Naming another place of a row chooses it there, as the reference where it was that. */
  const move = (from: string, to: string) =>
    choose(changed(chosen, { add: to, remove: from }), draft.reference?.id === from ? { reference: to } : {})
  return (
    <section className={styles['section']} aria-label="Variants">
      <h2>
        Variants <span className="hint">the reference is what the others are compared with</span>
        <Problem text={draft.problems.variants} />
      </h2>
      {all.length === 0 && (
        <EmptyState what="No variants were found.">
          Make the specimen’s, pull a model from the Variants screen, or name a folder with GGUF files in the settings.
        </EmptyState>
      )}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>Variant</th>
            <th>Reference</th>
            <th className="only-wide">Engine</th>
            <th className="num only-wide">Bits per weight</th>
            <th className="num">Size</th>
            <th className="num only-wide">Context</th>
            <th>Memory</th>
          </tr>
        </thead>
        <tbody>
          {families.map(({ name, rows }) => {
            const places = rows.map((row) => placesOf(row, chosen))
            const on = places.filter(([place]) => chosen.has(place.id)).length
            const ids = rows.flatMap((row) => row.places.map(({ id }) => id as string))
            const isAll = on === rows.length
            return (
              <Fragment key={name}>
                <tr data-group>
                  <th colSpan={7} scope="colgroup">
                    <span className="row">
                      <b className="clip">{name}</b>
                      <span className="hint">
                        {on} of {rows.length} chosen
                      </span>
                      <Button
                        kind="quiet"
                        size="small"
                        className="end"
                        aria-label={`${isAll ? 'Choose none' : 'Choose all'} of ${name}`}
                        onClick={() =>
                          choose(
                            isAll
                              ? new Set([...chosen].filter((id) => !ids.includes(id)))
                              : new Set([...chosen, ...places.flatMap((shown) => shown.map(({ id }) => id))]),
                          )
                        }
                      >
                        {isAll ? 'None' : 'All'}
                      </Button>
                    </span>
                  </th>
                </tr>
                {rows.flatMap((row, index) =>
                  (places[index] ?? []).map((variant) => (
                    <VariantChoiceRow
                      key={variant.id}
                      variant={variant}
                      places={row.places}
                      distinction={row.distinction}
                      chosen={chosen.has(variant.id)}
                      isReference={variant.id === referenceId}
                      fit={fits?.get(variant.id) ?? null}
                      onToggle={(next) => choose(changed(chosen, { [next ? 'add' : 'remove']: variant.id }))}
                      onReference={() => onChange({ reference: variant.id })}
                      onPlace={(id) => move(variant.id, id)}
                    />
                  )),
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
      <MakeSpecimen variants={all} />
    </section>
  )
}

/** What each needs in memory at the context chosen; null where it could not be asked. */
function useFits(variants: readonly Variant[], contextTokens: number | null): ReadonlyMap<string, MemoryFit> | null {
  const ids = variants.slice(0, fitsAtOnce).map(({ id }) => id)
  const fits = dataOf(
    useLab('variants.fit', contextTokens === null || ids.length === 0 ? null : { variants: ids, contextTokens }),
  )
  return fits === null ? null : new Map(fits.map((fit, index) => [ids[index] ?? '', fit]))
}

/** The places of a row to show: those that are chosen, else the one that would be taken. */
function placesOf({ places }: FamilyRow, chosen: ReadonlySet<string>): readonly [Variant, ...Variant[]] {
  const [first, ...rest] = places.filter(({ id }) => chosen.has(id))
  return first === undefined ? [places[0]] : [first, ...rest]
}

function changed(
  chosen: ReadonlySet<string>,
  { add, remove }: { readonly add?: string; readonly remove?: string },
): ReadonlySet<string> {
  const kept = [...chosen].filter((id) => id !== remove)
  return new Set(add === undefined ? kept : [...kept, add])
}
