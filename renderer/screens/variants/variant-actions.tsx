import { CirclePlay, Ellipsis, Play, Square, Trash2, Zap } from 'lucide-react'
import { useState } from 'react'
import type { VariantInspection } from '#shared/contract/views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import type { FamilyRow, Variant } from '#shared/domain/variant.ts'
import { bytes } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { useActions } from '../../actions/use-actions.ts'
import { pageError } from '../../stores/loadable.ts'
import { useApp, useAppStore } from '../../stores/use-app.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { writeList } from '../runs/setup/draft-lists.ts'
import { CopyForm } from './copy-form.tsx'
import { placeText } from './variant-identity.tsx'
import { useJobActions } from './use-jobs.ts'
import type { VariantsQuery } from './variants-query.ts'
import styles from './panel.module.css'

/** No more than the model was trained for: a longer cache would only take memory. */
export const loadContext = ({ contextTokens }: Variant, wanted: number): number =>
  Math.min(wanted, contextTokens ?? wanted)

interface VariantActionsProps {
  readonly inspection: VariantInspection
  readonly variant: Variant
  readonly query: VariantsQuery
  /** The row it stands in: other places of the same weights. */
  readonly row: FamilyRow | undefined
}

/** What can be done with the selected variant. Failures stand below the buttons. */
export function VariantActions({ inspection, variant, query, row }: VariantActionsProps) {
  const { start } = useJobActions()
  const [asking, setAsking] = useState<'delete' | 'copy' | null>(null)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const remove = useDelete(variant, setProblem)
  const busy = useApp(({ jobs }) =>
    jobs.some(
      ({ request, state }) =>
        state === 'running' && 'variant' in request && request.variant === variant.id && request.kind !== 'make',
    ),
  )
  const reside = () =>
    start(
      variant.loaded
        ? { kind: 'unload', variant: variant.id }
        : { kind: 'load', variant: variant.id, contextTokens: loadContext(variant, query.contextTokens) },
    )
  const askDelete = () => setAsking('delete')
  const copy = useCopy()
  useActions('variants', {
    load: busy || variant.loaded ? undefined : reside,
    unload: busy || !variant.loaded ? undefined : reside,
    delete: inspection.deletable ? askDelete : undefined,
  })
  const isTag = variant.engine === 'ollama'
  return (
    <div className={styles['panel-actions']}>
      <div className="row">
        <LinkButton size="small" href={routeHash('runs', ['new'], { variant: writeList([variant.id]) })}>
          <CirclePlay aria-hidden /> Run<span className={styles['roomy']}> with it</span>
        </LinkButton>
        <Button size="small" hotkey="l" disabled={busy} onClick={reside}>
          {variant.loaded ? <Square aria-hidden /> : <Play aria-hidden />}
          {variant.loaded ? 'Unload' : 'Load'}
        </Button>
        <Button size="small" hotkey="m" onClick={() => refine({ make: 'yes' })}>
          <Zap aria-hidden /> Make
        </Button>
        <span className={`end ${styles['icons']}`}>
          <Button
            kind="quiet"
            size="icon"
            aria-label={`Delete ${variant.name}`}
            title={inspection.deletable ? 'Delete… (Del)' : 'Assay did not make this file: it is deleted in its folder'}
            disabled={!inspection.deletable}
            onClick={askDelete}
          >
            <Trash2 />
          </Button>
          <Menu
            label="More actions"
            trigger={
              <Button kind="quiet" size="icon" aria-label="More actions" title="More">
                <Ellipsis />
              </Button>
            }
            items={[
              {
                key: 'id',
                label: 'Copy its id',
                hint: 'for the command line',
                onChoose: () => copy(variant.id),
              },
              ...(isTag ? [{ key: 'copy', label: 'Copy to another tag…', onChoose: () => setAsking('copy') }] : []),
            ]}
          />
        </span>
      </div>
      {problem !== null && <ErrorNotice error={problem} />}
      {asking === 'copy' && <CopyForm variant={variant} close={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === 'delete'}
        question={`Delete ${variant.name}?`}
        consequence={consequence(variant, row)}
        action="Delete"
        onConfirm={() => void remove()}
        onClose={() => setAsking(null)}
      />
    </div>
  )
}

function useDelete(variant: Variant, setProblem: (problem: ErrorInfo | null) => void): () => Promise<void> {
  const store = useAppStore()
  return async () => {
    try {
      await store.lab['variants.delete']({ variant: variant.id })
      setProblem(null)
      refine({ inspect: undefined, tab: undefined })
    } catch (error) {
      setProblem(pageError(error))
    } finally {
      store.getState().invalidate((name) => name.startsWith('variants.') || name === 'lab.info')
    }
  }
}

/** What goes, and what stays. */
function consequence(variant: Variant, row: FamilyRow | undefined): string {
  const { figure, unit } = bytes(variant.sizeBytes)
  const where = endpointName(variant.endpoint, variant.engine)
  const others = row?.places.filter(({ id }) => id !== variant.id) ?? []
  const sharing = others.filter(
    ({ endpoint, weightsDigest }) => endpoint === variant.endpoint && weightsDigest === variant.weightsDigest,
  )
  const what =
    variant.engine === 'builtin'
      ? `The file ${variant.ref} (${figure} ${unit}) is removed from the disk.`
      : sharing.length > 0
        ? `The tag is removed from ${where}. Its weights stay on the disk: ${sharing.map(({ ref }) => ref).join(', ')} has the same.`
        : `The tag and its weights (${figure} ${unit}) are removed from ${where}.`
  const elsewhere = others.filter((other) => !sharing.includes(other))
  const kept = elsewhere.length === 0 ? '' : ` Untouched: ${elsewhere.map(placeText).join('; ')}.`
  const loaded = variant.loaded ? ' It is unloaded first.' : ''
  return `${what}${kept}${loaded} This cannot be undone. Runs keep what they have measured; to resume or repeat one, the same weights are needed again.`
}
