import type { UnlistedFile } from '#shared/contract/views.ts'
import { isWell, whyUnlisted, type EngineStatus } from '#shared/domain/engine.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { routeHash } from '../../routing/route.ts'
import { useAppStore } from '../../stores/use-app.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/region.tsx'

/** Engines whose variants are not in the list, why, and what to do. */
export function EngineNotes({ engines }: { readonly engines: readonly EngineStatus[] }) {
  const store = useAppStore()
  const look = () => store.getState().invalidate((name) => name === 'engines.status' || name.startsWith('variants.'))
  return engines.map((engine) => {
    const why = whyUnlisted(engine)
    if (why === null) return null
    const name = endpointName(engine.endpoint, engine.kind)
    const what = { ready: 'answers', absent: 'was not found', broken: 'is broken' }[engine.state]
    return (
      <Notice
        key={engine.endpoint}
        kind={engine.state === 'absent' || isWell(engine) ? 'info' : 'error'}
        what={`${name} ${what}${engine.state === 'ready' ? ', but' : ':'} its variants are not in this list${isWell(engine) ? ' yet' : ''}`}
        why={`${why.reason} ${why.hint}`}
        copy={`${name}: ${why.reason}\n${why.hint}`}
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

/** Files that are no variants: said in one line, the reasons on hover and in the copy. */
export function UnlistedFiles({ files }: { readonly files: readonly UnlistedFile[] }) {
  const [first] = files
  if (first === undefined) return null
  const reasons = files.map(({ error }) => `${error.message} ${error.hint ?? ''}`.trim())
  return (
    <Notice
      kind="warn"
      what={files.length === 1 ? 'One file is not listed' : `${files.length} files or folders are not listed`}
      why={
        <span title={reasons.join('\n')}>
          {reasons[0]}
          {files.length > 1 && ` And ${files.length - 1} more: the check in the settings names them all.`}
        </span>
      }
      copy={files.map(({ path }, index) => `${path}: ${reasons[index] ?? ''}`).join('\n')}
      actions={
        <LinkButton size="small" href={routeHash('settings')}>
          Folders
        </LinkButton>
      }
    />
  )
}
