import { Fragment, useMemo } from 'react'
import type { Family, MemoryFit, Variant } from '#shared/domain/variant.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import { bytes, count } from '../../../format/numbers.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { Badge, PrecisionMark } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/controls.tsx'
import { EmptyState } from '../../../ui/region.tsx'
import { writeList } from './draft-lists.ts'
import { MakeSpecimen } from './make-specimen.tsx'
import { nothing, type Draft } from './run-draft.ts'
import type { Change } from './run-setup.tsx'
import styles from './setup.module.css'
import { Problem } from './suite-choice.tsx'

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
  const all = useMemo(() => families.flatMap(({ variants }) => variants), [families])
  const fits = useFits(all, draft.spec?.contextTokens ?? null)
  const chosen = new Set<string>(draft.variants.map(({ id }) => id))
  const choose = (ids: ReadonlySet<string>) => {
    const kept = all.filter(({ id }) => ids.has(id)).map(({ id }) => id)
    onChange({ variants: kept.length === 0 ? nothing : writeList(kept), variant: undefined })
  }
  const referenceId = draft.reference?.id ?? draft.variants[0]?.id
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
          {families.map(({ name, variants }) => {
            const on = variants.filter(({ id }) => chosen.has(id)).length
            const ids = variants.map(({ id }) => id)
            return (
              <Fragment key={name}>
                <tr data-group>
                  <th colSpan={7} scope="colgroup">
                    <span className="row">
                      <b className="clip">{name}</b>
                      <span className="hint">
                        {on} of {variants.length} chosen
                      </span>
                      <Button
                        kind="quiet"
                        size="small"
                        className="end"
                        aria-label={`${on === variants.length ? 'Choose none' : 'Choose all'} of ${name}`}
                        onClick={() =>
                          choose(
                            on === variants.length
                              ? new Set([...chosen].filter((id) => !(ids as readonly string[]).includes(id)))
                              : new Set([...chosen, ...ids]),
                          )
                        }
                      >
                        {on === variants.length ? 'None' : 'All'}
                      </Button>
                    </span>
                  </th>
                </tr>
                {variants.map((variant) => (
                  <VariantRow
                    key={variant.id}
                    variant={variant}
                    chosen={chosen.has(variant.id)}
                    isReference={variant.id === referenceId}
                    fit={fits?.get(variant.id) ?? null}
                    onToggle={(next) =>
                      choose(
                        next
                          ? new Set([...chosen, variant.id])
                          : new Set([...chosen].filter((id) => id !== variant.id)),
                      )
                    }
                    onReference={() => onChange({ reference: variant.id })}
                  />
                ))}
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

interface VariantRowProps {
  readonly variant: Variant
  readonly chosen: boolean
  readonly isReference: boolean
  readonly fit: MemoryFit | null
  readonly onToggle: (chosen: boolean) => void
  readonly onReference: () => void
}

function VariantRow({ variant, chosen, isReference, fit, onToggle, onReference }: VariantRowProps) {
  const { name, precision, endpoint, sizeBytes, contextTokens, notes } = variant
  const size = bytes(sizeBytes)
  return (
    <tr data-on={chosen || undefined}>
      <td className={styles['wide']} title={[name, variant.id, ...notes].join('\n')}>
        <Checkbox checked={chosen} onChange={onToggle}>
          <PrecisionMark name={precisionText(precision)} />
          <span className="hint">{name}</span>
        </Checkbox>
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
      <td className="only-wide quiet">{endpoint}</td>
      <td className="num only-wide">{precision.bitsPerWeight?.toFixed(2) ?? '-'}</td>
      <td className="num">
        {size.figure} <span className="unit">{size.unit}</span>
      </td>
      <td className="num only-wide">{contextTokens === null ? '-' : count(contextTokens)}</td>
      <td>
        <FitBadge fit={fit} />
      </td>
    </tr>
  )
}

const fitWords = { fits: 'fits', tight: 'tight', 'does-not-fit': 'does not fit', unknown: 'not known' } as const
const fitTones = { fits: 'plain', tight: 'warn', 'does-not-fit': 'bad', unknown: 'plain' } as const

function FitBadge({ fit }: { readonly fit: MemoryFit | null }) {
  if (fit === null) return <span title="What it needs in memory could not be computed.">-</span>
  const [needed, free] = [bytes(fit.totalBytes), bytes(fit.freeBytes)]
  const title = fit.note ?? `needs ${needed.figure} ${needed.unit} of ${free.figure} ${free.unit} free`
  return (
    <Badge tone={fitTones[fit.verdict]} title={title}>
      {fitWords[fit.verdict]}
    </Badge>
  )
}
