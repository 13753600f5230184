import { X } from 'lucide-react'
import type { RefObject } from 'react'
import type { VariantInspection } from '#shared/contract/views.ts'
import { rowOf } from '#shared/domain/families.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { PrecisionMark } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Tabs } from '../../ui/controls.tsx'
import { Bones, ErrorNotice } from '../../ui/region.tsx'
import { PlaceChoice } from './place-choice.tsx'
import { TensorTable } from './tensor-table.tsx'
import type { VariantsData } from './use-variants.ts'
import { VariantActions } from './variant-actions.tsx'
import { refName } from './variant-identity.tsx'
import { VariantDetails } from './variant-details.tsx'
import { VariantTemplate } from './variant-template.tsx'
import { contextText, type PanelTab, type VariantsQuery } from './variants-query.ts'
import styles from './panel.module.css'

interface VariantPanelProps {
  readonly panel: RefObject<HTMLElement | null>
  readonly id: string
  readonly query: VariantsQuery
  readonly data: VariantsData
  readonly close: () => void
}

/** The selected variant: what is in it, what it needs, and what can be done with it. */
export function VariantPanel({ panel, id, query, data, close }: VariantPanelProps) {
  const answer = useLab('variants.describe', { variant: id })
  const inspection = dataOf(answer)
  // The list is looked at again and again: it knows better whether the variant is loaded.
  const variant = data.all.find((candidate) => candidate.id === id) ?? inspection?.variant ?? null
  const row = rowOf(data.families ?? [], id)
  return (
    <aside ref={panel} tabIndex={-1} className={styles['panel']} aria-label="Selected variant">
      <div className={styles['panel-head']}>
        <h2>Inspect</h2>
        {variant !== null && (
          <>
            <PrecisionMark name={precisionText(variant.precision)} />
            <span className="hint clip" title={variant.ref}>
              {refName(variant)}
            </span>
          </>
        )}
        <Button kind="quiet" size="icon" className="end" aria-label="Close" title="Close (Esc)" onClick={close}>
          <X />
        </Button>
      </div>
      {answer.status === 'failed' && <ErrorNotice error={answer.error} />}
      {inspection === null || variant === null ? (
        answer.status !== 'failed' && <Bones rows={8} />
      ) : (
        <>
          <PlaceChoice row={row} variant={variant} />
          <VariantActions inspection={inspection} variant={variant} query={query} row={row} />
          <Tabs label="About this variant" current={query.tab} tabs={tabsOf(inspection, query)} />
          <div className={styles['panel-body']}>
            {query.tab === 'details' && (
              <VariantDetails
                inspection={inspection}
                variant={variant}
                distinction={row?.distinction ?? null}
                fit={data.fits.get(id) ?? null}
              />
            )}
            {query.tab === 'tensors' && <TensorTable inspection={inspection} />}
            {query.tab === 'template' && <VariantTemplate inspection={inspection} />}
          </div>
        </>
      )}
    </aside>
  )
}

function tabsOf({ tensors, parameters }: VariantInspection, query: VariantsQuery) {
  const href = (tab: PanelTab) =>
    routeHash('variants', [], {
      ctx: contextText(query.contextTokens),
      q: query.search,
      engine: query.endpoint ?? undefined,
      fits: query.fits ? 'yes' : undefined,
      inspect: query.inspect ?? undefined,
      tab: tab === 'details' ? undefined : tab,
    })
  const settings = Object.keys(parameters).length
  return [
    { key: 'details', label: 'Details', href: href('details') },
    { key: 'tensors', label: 'Tensors', href: href('tensors'), n: String(tensors.length) },
    { key: 'template', label: 'Template', href: href('template'), ...(settings > 0 && { n: `+ ${settings}` }) },
  ]
}
