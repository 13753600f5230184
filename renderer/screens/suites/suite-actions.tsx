import { Copy, Download, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SuiteDetails } from '#shared/contract/suite-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { routeHash } from '../../routing/route.ts'
import { go } from '../../routing/use-route.ts'
import { useActions } from '../../actions/use-actions.ts'
import { pageError } from '../../stores/loadable.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { addressOf, runName } from './suite-address.ts'
import styles from './suites.module.css'
import { useSuiteActions } from './use-suite-actions.ts'

const formats = [
  { format: 'yaml', label: 'YAML', hint: 'to be edited' },
  { format: 'json', label: 'JSON', hint: 'one document' },
  { format: 'jsonl', label: 'JSON Lines', hint: 'a line a prompt' },
  { format: 'csv', label: 'CSV', hint: 'prompts only' },
] as const

/** What can be done with the suite that is shown. One that ships with Assay is copied before it is changed. */
export function SuiteActions({
  details: { summary, hidden },
  suites,
}: {
  readonly details: SuiteDetails
  readonly suites: readonly SuiteSummary[]
}) {
  const { duplicate, remove, exportAs } = useSuiteActions()
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const [busy, setBusy] = useState(false)
  const act = async (action: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    try {
      await action()
    } catch (error) {
      setProblem(pageError(error))
    } finally {
      setBusy(false)
    }
  }
  const bundled = summary.source === 'bundled'
  const runQuery = { suite: runName(summary, suites) }
  useActions('suites', {
    edit: bundled ? undefined : () => go('suites', [addressOf(summary.hash), 'edit']),
    duplicate: busy ? undefined : () => void act(() => duplicate(summary)),
    delete: bundled || hidden || busy ? undefined : () => void act(() => remove(summary)),
    run: () => go('runs', ['new'], runQuery),
  })
  return (
    <>
      {problem !== null && (
        <span className={styles['action-problem']} role="alert" title={problem.hint ?? undefined}>
          {problem.message}
        </span>
      )}
      {bundled ? null : (
        <LinkButton kind="quiet" size="small" href={routeHash('suites', [addressOf(summary.hash), 'edit'])}>
          <Pencil aria-hidden /> Edit
        </LinkButton>
      )}
      <Button
        kind="quiet"
        size="small"
        disabled={busy}
        title={bundled ? 'It ships with Assay: a copy can be edited' : 'Keep a copy under another name'}
        onClick={() => void act(() => duplicate(summary))}
      >
        <Copy aria-hidden /> {bundled ? 'Duplicate to edit' : 'Duplicate'}
      </Button>
      {!bundled && !hidden && (
        <Button kind="quiet" size="small" disabled={busy} onClick={() => void act(() => remove(summary))}>
          <Trash2 aria-hidden /> Delete
        </Button>
      )}
      <Menu
        label="Export"
        trigger={
          <Button size="small" disabled={busy}>
            <Download aria-hidden /> Export
          </Button>
        }
        items={formats.map(({ format, label, hint }) => ({
          key: format,
          label,
          hint,
          onChoose: () => void act(() => exportAs(summary.hash, format)),
        }))}
      />
      <LinkButton
        kind="primary"
        size="small"
        href={routeHash('runs', ['new'], runQuery)}
        title="Set up a run with this suite"
      >
        <Play aria-hidden /> Run
      </LinkButton>
    </>
  )
}
