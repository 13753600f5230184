import { FileText } from 'lucide-react'
import { memo, useEffect, useId, useMemo, useRef } from 'react'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { count } from '../../../format/numbers.ts'
import { routeHash, type Route } from '../../../routing/route.ts'
import { refine } from '../../../routing/use-route.ts'
import { dataOf } from '../../../stores/loadable.ts'
import { useAppStore } from '../../../stores/use-app.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Bones, EmptyState, ErrorNotice, Notice } from '../../../ui/region.tsx'
import { Resolves } from '../resolves.tsx'
import { addressOf, shortHash } from '../suite-address.ts'
import { SuitesFrame, type SuiteListing } from '../suites-frame.tsx'
import suiteStyles from '../suites.module.css'
import { useSuiteActions } from '../use-suite-actions.ts'
import { CodeArea, type CodeHandle } from './code-area.tsx'
import { draftKey } from './drafts.ts'
import styles from './editor.module.css'
import { NameNote } from './name-note.tsx'
import { nextProblem, placeProblems, type PlacedProblem } from './place-problems.ts'
import { PreviewGrid, PreviewPrompt } from './preview-prompts.tsx'
import { ProblemList } from './problem-list.tsx'
import { useCheck, type Checked } from './use-check.ts'
import { useEditedText, type StartText } from './use-edited-text.ts'
import { useSave } from './use-save.ts'

interface EditorViewProps {
  /** The suite that is edited; null for one that is to be. */
  readonly original: SuiteSummary | null
  readonly start: StartText
  readonly list: SuiteListing
  readonly route: Route
}

/** A suite's text beside what it makes: checked while it is written, kept as a new version. */
export function EditorView({ original, start, list, route }: EditorViewProps) {
  const edited = useEditedText(original, start, list)
  const { text, isChanged } = edited
  const readOnly = original?.source === 'bundled'
  const checked = useCheck({ text, format: start.format, file: edited.file })
  const problems = usePlaced(checked)
  const isSettled = !readOnly && checked.isCurrent
  const code = useRef<CodeHandle>(null)
  const described = useId()
  const goTo = (problem: Pick<PlacedProblem, 'line' | 'column'> | null) =>
    problem !== null && code.current?.goTo(problem.line, problem.column)
  const saving = useSave(edited, { checked, problems }, goTo)
  const { say } = useAppStore().getState()
  const save = () => {
    if (readOnly) say('Suites that ship with Assay stay as they are: duplicate it to edit.', 'warn')
    else if (isChanged) saving.save()
    else say('Nothing has changed since it was saved.')
  }
  useEditorKeys({
    save,
    next: (step) => goTo(nextProblem(problems, code.current?.caret() ?? { line: 1, column: 0 }, step)),
  })
  const named = checked.preview?.summary
  return (
    <SuitesFrame
      path={[
        { label: 'Suites', href: routeHash('suites') },
        ...(original === null ? [] : [{ label: original.name, href: routeHash('suites', [addressOf(original.hash)]) }]),
      ]}
      title={original === null ? 'New suite' : 'Edit'}
      actions={<EditorActions edited={edited} readOnly={readOnly} isSaving={edited.isSaving} onSave={save} />}
      list={list}
      current={draftKey(original, start.prompt)}
      layout="editing"
    >
      <PreviewSide checked={checked} route={route} />
      <section className={styles['editor']} aria-label="Editor">
        <div className={suiteStyles['prompts-head']}>
          <FileText aria-hidden className={styles['file']} />
          <h2 className="clip">{edited.file}</h2>
          {problems.length > 0 && (
            <Badge tone="bad">{problems.length === 1 ? '1 error' : `${count(problems.length)} errors`}</Badge>
          )}
          <span className="hint end">{stateWords(original, isChanged, readOnly)}</span>
        </div>
        {readOnly && <ReadOnlyNote suite={original} />}
        {edited.problem !== null && <ErrorNotice error={edited.problem} />}
        {!readOnly && named !== undefined && (
          <NameNote name={named.name} original={original} suites={dataOf(list) ?? []} />
        )}
        <CodeArea
          label={`Source of ${original?.name ?? 'the new suite'}, ${start.format.toUpperCase()}`}
          text={text}
          revision={edited.revision}
          format={start.format}
          problems={problems}
          describedBy={described}
          readOnly={readOnly}
          canFix={isSettled}
          onChange={(next) => {
            saving.forget()
            edited.change(next)
          }}
          handle={code}
        />
        <p className="sr">
          Tab indents. Ctrl Space offers what may stand here. To leave the text, press Escape and then Tab.
        </p>
        <ProblemList
          id={described}
          checked={checked}
          problems={problems}
          refusal={saving.refusal}
          onGoTo={goTo}
          onFix={isSettled ? (problem) => code.current?.replace(problem, problem.fix ?? '') : null}
          onMend={
            isSettled
              ? (one) => one.mend !== null && code.current?.replace({ ...one, ...one.mend }, one.mend.text)
              : null
          }
        />
      </section>
    </SuitesFrame>
  )
}

/** Problems at their places in the text they were found in: until the next check the editor's marks move with what is typed. */
function usePlaced({ problems, text }: Checked): readonly PlacedProblem[] {
  return useMemo(
    () => (problems.length === 0 ? [] : placeProblems(problems, (text ?? '').split('\n'))),
    [problems, text],
  )
}

function stateWords(original: SuiteSummary | null, isChanged: boolean, readOnly: boolean): string {
  if (readOnly) return 'read only'
  if (isChanged) return original === null ? 'not saved' : `changed since ${shortHash(original.hash)}`
  return original === null ? 'not saved' : `as saved, ${shortHash(original.hash)}`
}

function EditorActions({
  edited,
  readOnly,
  isSaving,
  onSave,
}: {
  readonly edited: ReturnType<typeof useEditedText>
  readonly readOnly: boolean
  readonly isSaving: boolean
  readonly onSave: () => void
}) {
  if (readOnly) return null
  return (
    <>
      {edited.hasDraft && (
        <Button kind="quiet" size="small" onClick={edited.discard}>
          Discard changes
        </Button>
      )}
      <Button
        kind="primary"
        size="small"
        hotkey="Ctrl S"
        disabled={isSaving || !edited.isChanged}
        title={edited.isChanged ? 'Keep it as a new version' : 'Nothing has changed'}
        onClick={onSave}
      >
        {isSaving ? 'Saving…' : 'Save'}
      </Button>
    </>
  )
}

/** What the text makes at the moment, or made when it was last sound. */
const PreviewSide = memo(function PreviewSide({
  checked,
  route,
}: {
  readonly checked: Checked
  readonly route: Route
}) {
  const { preview, isSound } = checked
  const wanted = Number(route.query['row'] ?? 0)
  const at = preview === null ? 0 : Math.max(0, Math.min(preview.prompts.length - 1, Math.floor(wanted) || 0))
  const prompt = preview?.prompts[at]
  return (
    <section className={suiteStyles['prompts']} aria-label="Preview">
      <div className={suiteStyles['prompts-head']}>
        <h2>Prompts</h2>
        <span className="hint clip grow">{preview === null ? '' : previewWords(preview, isSound)}</span>
      </div>
      {preview === null ? (
        checked.problems.length > 0 || checked.error !== null ? (
          <EmptyState what="No prompts yet.">They appear when the text has no problems.</EmptyState>
        ) : (
          <Bones rows={8} />
        )
      ) : (
        <>
          <PreviewGrid
            label="Prompts of this text"
            prompts={preview.prompts}
            selected={at}
            onSelect={(row) => refine({ row })}
          />
          <div className={styles['preview']}>
            {prompt !== undefined && <PreviewPrompt prompt={prompt} index={at} total={preview.summary.n} />}
            <Resolves graded={preview.summary.graded} />
          </div>
        </>
      )}
    </section>
  )
})

function previewWords({ summary: { n, hash }, prompts }: NonNullable<Checked['preview']>, isSound: boolean): string {
  const shown = prompts.length < n ? `, first ${count(prompts.length)} shown` : ''
  return `${count(n)}${shown}, ${isSound ? 'as written' : 'last sound text'} ${shortHash(hash)}`
}

/** Why this text cannot be changed, and how it can. */
function ReadOnlyNote({ suite }: { readonly suite: SuiteSummary }) {
  const { duplicate } = useSuiteActions()
  return (
    <Notice
      kind="info"
      what="This suite ships with Assay."
      why="It stays as it is, so that figures can be compared. A copy can be edited."
      actions={
        <Button size="small" onClick={() => void duplicate(suite)}>
          Duplicate to edit
        </Button>
      }
    />
  )
}

/** Keys that work while somebody types, too. */
function useEditorKeys(actions: { readonly save: () => void; readonly next: (step: 1 | -1) => void }): void {
  const current = useRef(actions)
  useEffect(() => {
    current.current = actions
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isSave = event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey) && !event.altKey
      if (!isSave && event.key !== 'F8') return
      event.preventDefault()
      if (isSave) current.current.save()
      else current.current.next(event.shiftKey ? -1 : 1)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
