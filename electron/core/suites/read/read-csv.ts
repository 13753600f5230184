import Papa from 'papaparse'
import { placeOfCell } from './place-of-cell.ts'
import { fileProblem, type DocumentPath, type Position, type ReadResult } from './source.ts'

/** A table row with its place in the text. */
export interface TableRow {
  readonly cells: Readonly<Record<string, string>>
  readonly line: number
  /** Where it starts, in characters. */
  readonly start: number
}

export interface Table {
  readonly columns: readonly string[]
  readonly headerLine: number
  readonly rows: readonly TableRow[]
  /** Where a cell of a row stands; the row's beginning for no column, its end for a cell that it lacks. */
  place(row: TableRow, column: string | null): Position
}

interface RawRow {
  readonly cells: readonly string[]
  readonly line: number
  readonly start: number
}

/**
 * Reads a CSV (or semicolon or tab separated) table with a header row. Quoted cells may hold line breaks.
 * `isKnown` tells columns that mean something: the separator is the one under which the header has most of them.
 */
export function readTable(
  text: string,
  file: string,
  isKnown: (column: string) => boolean,
): { readonly table: Table } | ReturnType<typeof fileProblem> {
  const delimiter = delimiterOf(text, isKnown)
  const { rows, fault } = readRows(text, delimiter)
  if (fault !== null) {
    const expected = 'a quote at the end of the cell, and two where one is meant'
    return fileProblem(file, fault.message, { line: fault.line, expected })
  }
  const [header, ...body] = rows
  if (header === undefined)
    return fileProblem(file, 'the table is empty', { expected: 'a header row with question and answer' })
  const columns = header.cells.map((name) => name.trim())
  const wrong = rowsProblem(file, header, { columns, body })
  if (wrong !== null) return wrong
  return {
    table: {
      columns,
      headerLine: header.line,
      rows: body.map(({ cells, ...at }) => ({ cells: byColumn(columns, cells), ...at })),
      place(row, column) {
        const index = column === null ? 0 : columns.indexOf(column)
        return placeOfCell(text, row, { delimiter, index: Math.max(0, index) })
      },
    },
  }
}

interface RawRows {
  readonly rows: readonly RawRow[]
  readonly fault: { readonly message: string; readonly line: number } | null
}

function readRows(text: string, delimiter: string): RawRows {
  const rows: RawRow[] = []
  let [line, from] = [1, 0]
  let fault: RawRows['fault'] = null
  Papa.parse<string[]>(text, {
    delimiter,
    step({ data, errors, meta }, parser) {
      const [error] = errors
      if (error !== undefined && error.type === 'Quotes') {
        fault = { message: error.message.toLowerCase(), line }
        parser.abort()
        return
      }
      if (data.some((cell) => cell.trim() !== '')) rows.push({ cells: data, line, start: from })
      for (let at = text.indexOf('\n', from); at >= 0 && at < meta.cursor; at = text.indexOf('\n', at + 1)) line++
      from = meta.cursor
    },
  })
  return { rows, fault }
}

function rowsProblem(
  file: string,
  { line }: RawRow,
  { columns, body }: { readonly columns: readonly string[]; readonly body: readonly RawRow[] },
): ReturnType<typeof fileProblem> | null {
  const named = columns.filter((name) => name !== '')
  const twice = named.find((name, index) => named.indexOf(name) !== index)
  if (twice !== undefined) {
    const expected = 'every column once'
    return fileProblem(file, `the column "${twice.slice(0, 100)}" is given twice`, { line, expected })
  }
  const long = body.find(({ cells }) => cells.slice(columns.length).some((cell) => cell !== ''))
  if (long !== undefined) {
    const expected = 'as many cells as columns; quote a cell that holds the separator'
    return fileProblem(file, `${long.cells.length} cells under ${columns.length} columns`, {
      line: long.line,
      expected,
    })
  }
  if (body.length > 0) return null
  return fileProblem(file, 'there is no row below the header', { line, expected: 'one prompt a row' })
}

/** Characters in which the header is looked for. */
const maxHeaderChars = 65_536
const delimiters = [',', ';', '\t'] as const

/** Told by the header alone: what stands in the cells may hold any separator, inside quotes, as often as it likes. */
function delimiterOf(text: string, isKnown: (column: string) => boolean): string {
  const start = text.search(/\S/)
  const lineStart = start < 0 ? 0 : text.lastIndexOf('\n', start) + 1
  const beginning = text.slice(lineStart, lineStart + maxHeaderChars)
  const scored = delimiters.map((delimiter) => {
    const [header = []] = Papa.parse<string[]>(beginning, { delimiter, preview: 1 }).data
    const known = header.filter((column) => isKnown(column.trim())).length
    return { delimiter, score: known * maxHeaderChars + header.length }
  })
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

function byColumn(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.flatMap((name, index) => (name === '' ? [] : [[name, cells[index] ?? '']])))
}

/** A table's prompts as a source. `columnOf` tells from which column a value inside a prompt is. */
export function tableSource(
  file: string,
  prompts: readonly unknown[],
  { table, columnOf }: { readonly table: Table; readonly columnOf: (path: DocumentPath) => string | null },
): ReadResult {
  return {
    source: {
      file,
      data: { prompts, templates: false },
      locate: (places) =>
        places.map(({ path: [head, index, ...inside] }) => {
          const row = head === 'prompts' && typeof index === 'number' ? table.rows[index] : undefined
          return row === undefined ? { line: table.headerLine, column: 1 } : table.place(row, columnOf(inside))
        }),
    },
  }
}
