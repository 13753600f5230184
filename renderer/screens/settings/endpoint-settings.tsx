import { useState, type FormEvent } from 'react'
import { endpointName } from '#shared/domain/engine-name.ts'
import type { Settings } from '#shared/contract/settings-view.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'
import { Badge, Dot } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import type { SaveSettings } from './settings-screen.tsx'
import styles from './settings.module.css'

const standardEndpoint = 'ollama'

/** The Ollama servers the lab may talk to. Two servers, or a remote machine, are just two endpoints. */
export function EndpointSettings({ settings, save }: { readonly settings: Settings; readonly save: SaveSettings }) {
  const store = useAppStore()
  const statuses = dataOf(useLab('engines.status', {}))
  // The standard endpoint is always there; only its address can change, through OLLAMA_HOST.
  const stored = settings.endpoints
    .filter(({ id, fromEnvironment }) => !fromEnvironment && id !== standardEndpoint)
    .map(({ id, kind, url }) => ({ id, kind, url }))
  const remove = async (id: string) => {
    await save({ endpoints: stored.filter((endpoint) => endpoint.id !== id) })
    store.getState().offerUndo(`Endpoint ${id} removed`, () => save({ endpoints: stored }))
  }
  return (
    <section className={styles['group']}>
      <h2>Engines and endpoints</h2>
      <ul className={styles['list']}>
        {statuses?.map((status) => {
          const endpoint = settings.endpoints.find(({ id }) => id === status.endpoint)
          const ready = status.state === 'ready'
          return (
            <li key={status.endpoint}>
              <Dot state={ready ? 'ok' : status.state === 'absent' ? 'off' : 'bad'} />
              <b>{endpointName(status.endpoint, status.kind)}</b>
              <code>{status.address}</code>
              <span className="hint clip" title={ready ? status.version : `${status.reason} ${status.hint}`}>
                {ready ? status.version : status.reason}
              </span>
              <span className="end row">
                {status.remote && <Badge tone="warn">remote</Badge>}
                {endpoint?.fromEnvironment === true && (
                  <Badge title="OLLAMA_HOST is set where Assay was started">from OLLAMA_HOST</Badge>
                )}
                {endpoint !== undefined && stored.some(({ id }) => id === endpoint.id) && (
                  <Button size="small" kind="quiet" onClick={() => void remove(endpoint.id).catch(() => {})}>
                    Remove
                  </Button>
                )}
              </span>
            </li>
          )
        })}
      </ul>
      <AddEndpoint
        taken={settings.endpoints.map(({ id }) => id)}
        add={(endpoint) => save({ endpoints: [...stored, endpoint] })}
      />
    </section>
  )
}

interface AddEndpointProps {
  readonly taken: readonly string[]
  readonly add: (endpoint: { readonly id: string; readonly kind: 'ollama'; readonly url: string }) => Promise<void>
}

function AddEndpoint({ taken, add }: AddEndpointProps) {
  const [id, setId] = useState('')
  const [url, setUrl] = useState('')
  const [refused, setRefused] = useState<ErrorInfo | null>(null)
  const idProblem =
    id === ''
      ? null
      : taken.includes(id) || id === 'builtin'
        ? 'This name is taken.'
        : /^[a-z][a-z0-9-]{0,30}$/.test(id)
          ? null
          : 'Small letters, digits and -, beginning with a letter.'
  const urlProblem =
    url === '' || (URL.canParse(url) && /^https?:/.test(url)) ? null : 'An address such as http://gpu-box:11434.'
  const complete = id !== '' && url !== '' && idProblem === null && urlProblem === null
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!complete) return
    setRefused(null)
    add({ id, kind: 'ollama', url }).then(
      () => {
        setId('')
        setUrl('')
      },
      (error: unknown) => setRefused(pageError(error)),
    )
  }
  return (
    <form className={styles['form']} onSubmit={onSubmit}>
      <Field label="Name" problem={idProblem}>
        {(ids) => <input {...ids} value={id} placeholder="gpu-box" onChange={({ target }) => setId(target.value)} />}
      </Field>
      <Field label="Address of an Ollama server" problem={urlProblem}>
        {(ids) => (
          <input
            {...ids}
            value={url}
            placeholder="http://gpu-box:11434"
            onChange={({ target }) => setUrl(target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={!complete}>
        Add endpoint
      </Button>
      {refused !== null && <ErrorNotice error={refused} />}
    </form>
  )
}
