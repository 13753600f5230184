import { countText } from '#shared/domain/figures.ts'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/region.tsx'

/** Nothing is left to decide here: what else there is. */
export function ReviewDone({
  run,
  kind,
  onUndo,
}: {
  readonly run: number
  readonly kind: 'waiting' | 'check'
  readonly onUndo: (() => void) | null
}) {
  const elsewhere = dataOf(useLab('lab.info', {}))?.toReview ?? 0
  return (
    <EmptyState
      what={kind === 'waiting' ? 'Nothing waits for review.' : 'Every answer has been looked at.'}
      actions={
        <>
          {kind === 'waiting' && (
            <LinkButton href={routeHash('refusals', [run, 'review'], { kind: 'check' })}>Check the rules</LinkButton>
          )}
          <LinkButton href={routeHash('refusals', [run, 'map'])}>Show the map</LinkButton>
          {onUndo !== null && (
            <Button kind="quiet" hotkey="u" onClick={onUndo}>
              Undo
            </Button>
          )}
        </>
      }
    >
      {kind === 'waiting'
        ? `The rules were sure of every answer of this run, or a person has decided. Whether they were right can be checked on answers in random order.${elsewhere > 0 ? ` In other runs ${countText(elsewhere)} wait.` : ''}`
        : 'The agreement beside this is over all of them.'}
    </EmptyState>
  )
}
