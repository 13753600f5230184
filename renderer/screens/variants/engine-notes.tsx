import type { EngineStatus } from '#shared/domain/engine.ts'
import { endpointName } from '../../format/engine-name.ts'
import { routeHash } from '../../routing/route.ts'
import { useAppStore } from '../../stores/use-app.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/region.tsx'

/** Engines whose variants are not in the list, why, and what to do. */
export function EngineNotes({ engines }: { readonly engines: readonly EngineStatus[] }) {
  const store = useAppStore()
  const look = () => store.getState().invalidate((name) => name === 'engines.status' || name.startsWith('variants.'))
  return engines.map((engine) => {
    if (engine.state === 'ready') return null
    const name = endpointName(engine.endpoint, engine.kind)
    return (
      <Notice
        key={engine.endpoint}
        kind={engine.state === 'absent' ? 'info' : 'error'}
        what={`${name} ${engine.state === 'absent' ? 'was not found' : 'is broken'}: its variants are not in this list`}
        why={`${engine.reason} ${engine.hint}`}
        copy={`${name}: ${engine.reason}\n${engine.hint}`}
        actions={
          <>
            <Button size="small" onClick={look}>
              Look again
            </Button>
            <LinkButton size="small" href={routeHash('settings')}>
              Endpoints
            </LinkButton>
          </>
        }
      />
    )
  })
}
