import type { SuiteProblem } from '#shared/domain/suite.ts'
import { suiteLimits } from '#shared/domain/words.ts'
import { readExpected } from '#shared/grading/number.ts'
import { isShortKind, withAnswer } from './authored-grader.ts'
import { readTable, tableSource, type Table, type TableRow } from './read/read-csv.ts'
import { fileProblem, type DocumentPath, type ReadResult } from './read/source.ts'

/** Names under which tables know the same thing; the first is Assay's own. */
const columnNames = {
  id: ['id'],
  text: ['text', 'question', 'prompt', 'input'],
  expected: ['expected', 'answer', 'target', 'output', '__expected'],
  grader: ['grader'],
  system: ['system'],
  lang: ['lang', 'language'],
  pair: ['pair'],
  probe: ['probe'],
} as const
type Field = keyof typeof columnNames

/** Columns that are tags under their own name; any other needs `tag:` before it. */
const plainTags = new Set(['distance', 'family', 'topic', 'category', 'subject', 'difficulty'])

type Role = { readonly field: Field } | { readonly tag: string } | null

/**
 * Reads a table with one prompt a row: Assay's own export, or any table with a question and an answer column. Without a
 * grader column the answer decides: a number is compared as a number, a single letter A to H as a choice, and other
 * text is looked for in the answer, case ignored. Columns that mean nothing here are reported as notes.
 */
export function importTable(text: string, file: string): ReadResult & { readonly notes?: readonly SuiteProblem[] } {
  const read = readTable(text, file, (column) => roleOf(column) !== null)
  if ('problems' in read) return read
  const { table } = read
  const roles = table.columns.map((name): readonly [string, Role] => [name, roleOf(name)])
  const wrong = headerProblem(file, table, roles)
  if (wrong !== null) return wrong
  const prompts: unknown[] = []
  const problems: SuiteProblem[] = []
  for (const row of table.rows) {
    const prompt = promptOf(row, roles)
    if (typeof prompt !== 'string') prompts.push(prompt)
    else problems.push(...fileProblem(file, prompt, { line: row.line, expected: 'JSON, or a kind of grader' }).problems)
  }
  if (problems.length > 0) return { problems: problems.slice(0, suiteLimits.problems) }
  const notes = roles.flatMap(([name, role]) => (role === null && name !== '' ? [unusedColumn(file, name)] : []))
  return { ...tableSource(file, prompts, { table, columnOf: (path) => columnOf(path, roles) }), notes }
}

type Roles = readonly (readonly [string, Role])[]

/** Questions and what is right have to stand somewhere, and once. */
function headerProblem(
  file: string,
  { columns, headerLine }: Table,
  roles: Roles,
): ReturnType<typeof fileProblem> | null {
  const has = (field: Field) => roles.some(([, role]) => isField(role, field))
  const twice = Object.keys(columnNames).find((field) => roles.filter(([, role]) => isField(role, field)).length > 1)
  if (twice !== undefined) {
    return fileProblem(file, `two columns mean ${twice}`, { line: headerLine, expected: 'one of them' })
  }
  const names = columns.map((name) => `"${name.slice(0, 50)}"`).join(', ')
  const found = columns.length === 1 ? `the one column is ${names}` : `the columns are ${names.slice(0, 300)}`
  const separators = columns.length === 1 ? ', with commas, semicolons or tabs between columns' : ''
  if (!has('text')) {
    const expected = `one of ${columnNames.text.join(', ')}${separators}`
    return fileProblem(file, `no column holds the questions: ${found}`, { line: headerLine, expected })
  }
  if (!has('expected') && !has('grader') && !has('probe')) {
    const expected = `one of ${columnNames.expected.slice(0, 4).join(', ')}${separators}; or a column grader, with none where a prompt is only asked`
    return fileProblem(file, `no column holds the answers: ${found}`, { line: headerLine, expected })
  }
  return null
}

/** The column that a value of a prompt was read from; null for the prompt as a whole, unless its answer is missing. */
function columnOf([field, name]: DocumentPath, roles: Roles): string | null {
  const holding = (test: (role: Role) => boolean) => roles.find(([, role]) => test(role))?.[0] ?? null
  if (field === 'tags') return holding((role) => role !== null && 'tag' in role && role.tag === name)
  if (field !== undefined && field !== 'grader') return holding((role) => isField(role, String(field)))
  const own = field === 'grader' ? holding((role) => isField(role, 'grader')) : null
  return own ?? holding((role) => isField(role, 'expected')) ?? holding((role) => isField(role, 'grader'))
}

function roleOf(name: string): Role {
  const folded = name.toLowerCase()
  const field = (Object.keys(columnNames) as Field[]).find((key) =>
    (columnNames[key] as readonly string[]).includes(folded),
  )
  if (field !== undefined) return { field }
  if (folded.startsWith('tag:')) return { tag: name.slice(4) }
  return plainTags.has(folded) ? { tag: folded } : null
}

/** Blanks there are no answer. */
const saysRight = (role: Role): boolean => isField(role, 'expected') || isField(role, 'grader')

const isField = (role: Role, field: string): boolean => role !== null && 'field' in role && role.field === field

function unusedColumn(file: string, name: string): SuiteProblem {
  const message = `the column "${name.slice(0, 100)}" is not used`
  return {
    file,
    line: 1,
    column: 1,
    path: '',
    message,
    expected: `the name tag:${name.slice(0, 50)} to keep it as a tag`,
  }
}

/** One row as an authored prompt, or a sentence about what is wrong with it. */
function promptOf(row: TableRow, roles: Roles): Record<string, unknown> | string {
  const fields: Partial<Record<Field, string>> = {}
  const tags: Record<string, string> = {}
  for (const [name, role] of roles) {
    const cell = withoutFormulaGuard(row.cells[name] ?? '')
    if (role === null || cell === '' || (saysRight(role) && cell.trim() === '')) continue
    if ('tag' in role) tags[role.tag] = cell
    else fields[role.field] = cell
  }
  const { grader, expected, probe, ...prompt } = fields
  try {
    return {
      ...prompt,
      ...graderOf(grader, expected),
      ...(Object.keys(tags).length > 0 && { tags }),
      ...(probe !== undefined && { probe: JSON.parse(probe) as unknown }),
    }
  } catch (error) {
    if (error instanceof SyntaxError) return 'a cell with JSON in it cannot be read'
    throw error
  }
}

function graderOf(
  grader: string | undefined,
  expected: string | undefined,
): { readonly grader?: unknown; readonly ungraded?: true } {
  if (grader?.trim().toLowerCase() === 'none') return { ungraded: true }
  if (grader?.trim().startsWith('{')) return { grader: JSON.parse(grader) as unknown }
  if (expected === undefined) return grader === undefined ? {} : unanswered(grader.trim())
  if (grader !== undefined) return { grader: graderOfKind(grader.trim(), expected) }
  if (readExpected(expected) !== null) return { grader: { kind: 'number', expected } }
  if (/^[A-H]$/.test(expected)) return { grader: { kind: 'choice', expected } }
  return { grader: { kind: 'contains', all: [expected], ignoreCase: true } }
}

function graderOfKind(kind: string, expected: string): unknown {
  if (kind === 'regex') return { kind, pattern: expected }
  if (kind === 'judge') return { kind, criterion: expected }
  return isShortKind(kind) ? withAnswer(kind, expected) : { kind }
}

/** A kind without its answer: one that is missing is told as such, and a word that is no kind as that. */
const unanswered = (kind: string): { readonly grader?: unknown } =>
  isShortKind(kind) || kind === 'regex' || kind === 'judge' ? {} : { grader: { kind } }

const guarded = /^'+[=+\-@\t\r]/

/** Spreadsheets run cells that begin like a formula, so exports put an apostrophe before them; this takes it off again. */
const withoutFormulaGuard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell)
export const withFormulaGuard = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
