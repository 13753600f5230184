import { useEffect, useRef, useState } from 'react'
import type { DoctorReport } from '#shared/contract/views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { bytes } from '../../format/numbers.ts'
import { useActions } from '../../actions/use-actions.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Coded } from '../../ui/coded.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import styles from './settings.module.css'

const size = (value: number) => {
  const { figure, unit } = bytes(value)
  return `${figure} ${unit}`
}

/** Where the data is, how much there is of it, and whether everything is sound. */
export function StorageSettings() {
  const store = useAppStore()
  const info = dataOf(useLab('lab.info', {}))
  const [said, setSaid] = useState<string | null>(null)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const act = async (what: () => Promise<string>) => {
    setProblem(null)
    setSaid(null)
    try {
      setSaid(await what())
      store.getState().invalidate((name) => name === 'lab.info')
    } catch (error) {
      setProblem(pageError(error))
    }
  }
  const compact = async () => {
    const { beforeBytes, afterBytes } = await store.lab['store.compact']({})
    return `${size(beforeBytes)} before, ${size(afterBytes)} now`
  }
  const copy = async () => {
    const { path, bytes: written } = await store.lab['store.copy']({})
    return `${size(written)} in ${path}`
  }
  useActions('settings', { compact: () => void act(compact) })
  return (
    <section className={styles['group']}>
      <h2>Storage and health</h2>
      {info !== null && (
        <dl className={styles['figures']}>
          <dt>Data folder</dt>
          <dd>
            <code>{info.home}</code>
          </dd>
          <dt>Store</dt>
          <dd>
            {size(info.storeBytes)} <span className="hint">runs, texts, labels, suites</span>
          </dd>
          <dt>Assay</dt>
          <dd>
            {info.version}, Node {info.node}, SQLite {info.sqlite}, {info.platform}
          </dd>
        </dl>
      )}
      <p>
        Deleting a run frees its space; compacting gives it back to the disk. A copy is the whole store with every run,
        in the backups folder: another Assay opens it as its own. Single runs are exported from their own page.
      </p>
      <div className="row">
        <Button onClick={() => void act(compact)}>Compact the store</Button>
        <Button onClick={() => void act(copy)}>Save a copy</Button>
      </div>
      {said !== null && (
        <p className={styles['said']} role="status">
          {said}
        </p>
      )}
      {problem !== null && <ErrorNotice error={problem} />}
      <Health />
    </section>
  )
}

function Health() {
  const store = useAppStore()
  const [asked, setAsked] = useState(false)
  const report = useLab('lab.doctor', asked ? {} : null)
  const found = dataOf(report)?.findings
  const checking =
    asked && report.status !== 'failed' && (found === undefined || report.status !== 'ready' || report.stale)
  const check = () => {
    if (asked) store.getState().invalidate((name) => name === 'lab.doctor')
    setAsked(true)
  }
  useActions('settings', { check: checking ? undefined : check })
  return (
    <>
      <div className="row">
        <Button disabled={checking} onClick={check}>
          {checking ? 'Checking' : asked ? 'Check everything again' : 'Check everything'}
        </Button>
        <span className="hint">Engines, folders, the store and the disk, one by one.</span>
      </div>
      {report.status === 'failed' && <ErrorNotice error={report.error} />}
      {found !== undefined && <Findings findings={found} />}
    </>
  )
}

/** What was found, with what to do about it. It comes below what is seen, and so brings itself into sight. */
function Findings({ findings }: { readonly findings: DoctorReport['findings'] }) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <ul ref={list} className={styles['findings']} aria-label="What was found">
      {findings.map(({ name, state, detail, hint }) => (
        <li key={name}>
          <Badge tone={state === 'ok' ? 'ok' : state === 'missing' ? 'warn' : 'bad'}>{state}</Badge>
          <b>{name}</b>
          <span className="hint">
            <Coded text={hint === null ? detail : `${detail} ${hint}`} />
          </span>
        </li>
      ))}
    </ul>
  )
}
