import { RefreshCw } from 'lucide-react'
import { isWell, whyUnlisted, type EngineStatus } from '#shared/domain/engine.ts'
import { variantsOf } from '#shared/domain/families.ts'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'
import { Dot } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Coded } from '../../ui/coded.tsx'
import { Bones, ErrorNotice } from '../../ui/region.tsx'
import styles from './bench.module.css'

const names = { builtin: 'built-in', ollama: 'Ollama', openai: 'OpenAI-compatible' } as const

/** Which engines were found, and for those that were not, why and what to do. */
export function EngineList() {
  const store = useAppStore()
  const engines = useLab('engines.status', {})
  const families = dataOf(useLab('variants.list', {}))
  const found = dataOf(engines)
  const look = () => store.getState().invalidate((name) => name === 'engines.status' || name === 'variants.list')
  return (
    <section className={styles['section']} aria-label="Engines">
      <h2>
        Engines
        <Button kind="quiet" size="small" className="end" onClick={look}>
          <RefreshCw aria-hidden /> Look again
        </Button>
      </h2>
      {engines.status === 'failed' && <ErrorNotice error={engines.error} />}
      {found === null ? (
        engines.status === 'loading' && <Bones rows={3} />
      ) : (
        <ul>
          {found.map((engine) => {
            const variants =
              families === null ? null : variantsOf(families).filter(({ endpoint }) => endpoint === engine.endpoint)
            return <EngineRow key={engine.endpoint} engine={engine} variants={variants?.length ?? null} />
          })}
        </ul>
      )}
    </section>
  )
}

function EngineRow({ engine, variants }: { readonly engine: EngineStatus; readonly variants: number | null }) {
  const ready = engine.state === 'ready'
  const why = whyUnlisted(engine)
  const name = engine.endpoint === engine.kind ? names[engine.kind] : engine.endpoint
  return (
    <li className={styles['engine']}>
      <Dot state={isWell(engine) ? 'ok' : engine.state === 'absent' ? 'off' : 'bad'} />
      <div>
        <b>{name}</b>{' '}
        <span className="hint">
          {ready
            ? `${engine.version.split(', ').at(-1)}${engine.kind === 'builtin' ? '' : ` at ${new URL(engine.address).host}`}`
            : engine.state === 'absent'
              ? 'not found'
              : 'broken'}
        </span>
        <p>
          <Coded text={why === null ? readyText(engine.kind, variants) : `${why.reason} ${why.hint}`} />
        </p>
      </div>
      {ready && engine.kind === 'ollama' && (
        <LinkButton size="small" href={routeHash('variants')}>
          Show
        </LinkButton>
      )}
    </li>
  )
}

function readyText(kind: EngineStatus['kind'], variants: number | null): string {
  const number = variants === null ? '' : `${variants} ${variants === 1 ? 'variant' : 'variants'}. `
  return kind === 'builtin'
    ? `${number}Runs the specimen and any GGUF file.`
    : `${number}Pull, quantize and compare your own models.`
}
