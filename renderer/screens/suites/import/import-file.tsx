import { X } from 'lucide-react'
import { useState } from 'react'
import type { SuiteProblem, SuiteSummary } from '#shared/domain/suite.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { bytes, count } from '../../../format/numbers.ts'
import { go } from '../../../routing/use-route.ts'
import { pageError } from '../../../stores/loadable.ts'
import { useLabClient } from '../../../stores/use-app.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Bones, ErrorNotice, Notice } from '../../../ui/region.tsx'
import { DistanceMix } from '../distance-mix.tsx'
import { problemText } from '../editor/place-problems.ts'
import { Resolves } from '../resolves.tsx'
import { addressOf, shortHash, suiteHref } from '../suite-address.ts'
import { useSuiteActions } from '../use-suite-actions.ts'
import styles from './import.module.css'
import { formatNames, importFormats, type ImportFormat } from './read-file.ts'
import { useImport, type Imported } from './use-import.ts'
import { promptsText } from '../prompts-text.ts'

/** One file on its way to a suite: what it is taken for, what is wrong in it, what it would become. */
export function ImportFile({ file, onRemove }: { readonly file: File; readonly onRemove: () => void }) {
  const lab = useLabClient()
  const { keep } = useSuiteActions()
  const [chosen, setChosen] = useState<ImportFormat | null>(null)
  const imported = useImport(file, chosen)
  const [saved, setSaved] = useState<SuiteSummary | null>(null)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const save = async () => {
    if (imported.state !== 'checked') return
    const { text, format } = imported
    try {
      const kept = await keep(
        () => lab['suites.save']({ text, format, file: file.name }),
        () => setSaved(null),
      )
      setSaved(kept)
      go('suites', [addressOf(kept.hash)])
    } catch (error) {
      setProblem(pageError(error))
    }
  }
  const { figure, unit } = bytes(file.size)
  const format = chosen ?? (imported.state === 'checked' ? imported.format : null)
  return (
    <article className={styles['file']} aria-label={file.name}>
      <header className={styles['file-head']}>
        <h3 className="clip" title={file.name}>
          {file.name}
        </h3>
        <span className="hint">
          {figure} {unit}
        </span>
        <StateBadge imported={imported} saved={saved} />
        {format !== null && saved === null && (
          <label className={styles['format']}>
            <span className="hint">read as</span>
            <select value={format} onChange={({ target }) => setChosen(target.value as ImportFormat)}>
              {importFormats.map((name) => (
                <option key={name} value={name}>
                  {formatNames[name]}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button
          kind="quiet"
          size="icon"
          className="end"
          aria-label={`Remove ${file.name}`}
          title="Remove"
          onClick={onRemove}
        >
          <X aria-hidden />
        </Button>
      </header>
      {problem !== null && <ErrorNotice error={problem} />}
      {saved === null ? (
        <Outcome imported={imported} onSave={() => void save()} />
      ) : (
        <p className="row">
          Saved as <code>{shortHash(saved.hash)}</code>, {promptsText(saved.n)}.
          <LinkButton size="small" href={suiteHref(saved.hash)}>
            Show {saved.name}
          </LinkButton>
        </p>
      )}
    </article>
  )
}

function StateBadge({ imported, saved }: { readonly imported: Imported; readonly saved: SuiteSummary | null }) {
  if (saved !== null) return <Badge tone="ok">saved</Badge>
  if (imported.state === 'reading') return <Badge>reading</Badge>
  if (imported.state === 'unreadable') return <Badge tone="bad">not read</Badge>
  const { preview, problems } = imported
  if (preview === null)
    return <Badge tone="bad">{problems.length === 1 ? '1 error' : `${count(problems.length)} errors`}</Badge>
  return problems.length > 0 ? (
    <Badge tone="warn">{count(problems.length)} left out</Badge>
  ) : (
    <Badge tone="ok">sound</Badge>
  )
}

function Outcome({ imported, onSave }: { readonly imported: Imported; readonly onSave: () => void }) {
  if (imported.state === 'reading') return <Bones rows={2} />
  if (imported.state === 'unreadable') return <ErrorNotice error={imported.error} />
  const { preview, problems, advice, text } = imported
  if (preview === null) {
    return (
      <>
        <Notice what="This is not a suite yet." why="Nothing was kept. Mend the file and choose it again." />
        <Places problems={problems} text={text} />
      </>
    )
  }
  const { summary } = preview
  return (
    <>
      <p className="row">
        <b className="clip">{summary.name}</b>
        <code className="hint">{shortHash(summary.hash)}</code>
        <span className="hint">
          {promptsText(summary.n)}, {summary.languages.join(', ')}
        </span>
        {summary.isProbePack && <Badge>probe pack</Badge>}
        <DistanceMix distances={summary.distances} />
      </p>
      {problems.length > 0 && (
        <>
          <Notice
            kind="warn"
            what={problems.length === 1 ? 'One thing is left out.' : `${count(problems.length)} things are left out.`}
            why="What cannot be honoured whole is not taken over. The suite’s description says how many."
          />
          <Places problems={problems} text={text} isNote />
        </>
      )}
      {advice.length > 0 && (
        <>
          <Notice kind="info" what="This may be meant otherwise." why="The suite is sound, and can be kept as it is." />
          <Places problems={advice} text={text} isNote />
        </>
      )}
      <Resolves graded={summary.graded} />
      <div className="row">
        <Button kind="primary" onClick={onSave}>
          Keep {promptsText(summary.n)}
        </Button>
      </div>
    </>
  )
}

/** Places that are listed; the rest appears when these are mended. */
const mostPlaces = 50
const excerptChars = 160

/** Each with file, line and column, what was expected, and the line itself. */
function Places({
  problems,
  text,
  isNote = false,
}: {
  readonly problems: readonly SuiteProblem[]
  readonly text: string
  readonly isNote?: boolean
}) {
  const lines = text.split(/\r\n|\r|\n/, Math.max(...problems.map(({ line }) => line)) + 1)
  return (
    <ol className={styles['places']} data-note={isNote || undefined}>
      {problems.slice(0, mostPlaces).map((problem, index) => (
        <li key={index}>
          <p>
            <code>
              {problem.file}:{problem.line}:{problem.column}
            </code>{' '}
            {problemText(problem)}
          </p>
          <Excerpt line={lines[problem.line - 1] ?? ''} column={problem.column} />
        </li>
      ))}
      {problems.length > mostPlaces && <li className="hint">and {count(problems.length - mostPlaces)} more</li>}
    </ol>
  )
}

/** The line with the place marked, cut around it where it is long. */
function Excerpt({ line, column }: { readonly line: string; readonly column: number }) {
  if (line.trim() === '') return null
  const at = Math.min(column - 1, line.length)
  const from = Math.max(0, at - excerptChars / 2)
  const [before, after] = [line.slice(from, at), line.slice(at, from + excerptChars)]
  const word = /^[^\s,:[\]{}]+|^./u.exec(after)?.[0] ?? ''
  return (
    <pre className={styles['excerpt']}>
      {from > 0 && '…'}
      {before}
      <mark>{word === '' ? ' ' : word}</mark>
      {after.slice(word.length)}
      {from + excerptChars < line.length && '…'}
    </pre>
  )
}
