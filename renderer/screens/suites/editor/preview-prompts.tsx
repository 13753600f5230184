import { useMemo } from 'react'
import type { SuitePromptRow } from '#shared/contract/suite-views.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import { expectedText } from '#shared/grading/expected-text.ts'
import { count } from '../../../format/numbers.ts'
import { DataGrid } from '../../../ui/data-grid.tsx'
import { sortRows } from '../../../ui/grid-column.ts'
import { useSorting } from '../../../ui/use-sorting.ts'
import { promptColumns } from '../prompt-columns.tsx'
import styles from '../suites.module.css'
import { langOf } from '../lang-of.ts'

/** Prompts that are not kept yet, as the rows a suite has. */
const previewRows = (prompts: readonly Prompt[]): readonly SuitePromptRow[] =>
  prompts.map(({ id, text, grader, lang, tags, pair, probe }, index) => ({
    index,
    id,
    text,
    expected: expectedText(grader),
    grader: grader?.kind ?? null,
    lang,
    tags,
    pair: pair ?? null,
    role: probe?.role ?? null,
  }))

/** How prompts will be asked, variables filled in. */
export function PreviewGrid({
  label,
  prompts,
  selected,
  onSelect,
}: {
  readonly label: string
  readonly prompts: readonly Prompt[]
  readonly selected: number | null
  readonly onSelect: (index: number) => void
}) {
  const rows = useMemo(() => previewRows(prompts), [prompts])
  const columns = useMemo(() => promptColumns(valuesOf(rows)), [rows])
  const order = useSorting()
  const sorted = useMemo(() => sortRows(rows, columns, order.sorting), [rows, columns, order.sorting])
  const at = sorted.findIndex(({ index }) => index === selected)
  return (
    <div className={styles['grid']}>
      <DataGrid
        label={label}
        name="preview"
        columns={columns}
        total={sorted.length}
        row={(index) => sorted[index]}
        selected={at === -1 ? null : at}
        onSelect={(index) => onSelect(sorted[index]?.index ?? 0)}
        {...order}
      />
    </div>
  )
}

/** Which columns have something to tell. */
function valuesOf(rows: readonly SuitePromptRow[]) {
  const values = (of: (row: SuitePromptRow) => string | undefined | null) =>
    [...new Set(rows.map(of).filter((value) => typeof value === 'string'))].map((value) => ({ value, n: 0 }))
  return {
    distance: values(({ tags }) => tags['distance']),
    lang: values(({ lang }) => lang),
    role: values(({ role }) => role ?? 'none'),
    // There is little room beside the text.
    family: [],
    grader: values(({ grader }) => grader ?? 'none'),
  }
}

/** One prompt in full, and what is expected of its answer. */
export function PreviewPrompt({
  prompt,
  index,
  total,
}: {
  readonly prompt: Prompt
  readonly index: number
  readonly total: number
}) {
  const expected = expectedText(prompt.grader)
  return (
    <article className={styles['prompt']} aria-label="Preview of a prompt">
      <p className="hint clip">
        <b>{prompt.id}</b>, prompt {count(index + 1)} of {count(total)}
      </p>
      {prompt.system !== undefined && <p className="quiet">{prompt.system}</p>}
      <p className={styles['prompt-text']} lang={langOf(prompt.lang)}>
        {prompt.text}
      </p>
      <p className="hint">
        {prompt.grader === undefined ? (
          'no grader: its answers are kept and not graded'
        ) : (
          <>
            {prompt.grader.kind}, expects <code>{expected ?? '-'}</code>
          </>
        )}
      </p>
    </article>
  )
}
