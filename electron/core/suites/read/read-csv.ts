import Papa from 'papaparse'
import { fileProblem, type Position, type ReadResult } from './source.ts'

/** A table row with the line it starts on. */
export interface TableRow {
  readonly cells: Readonly<Record<string, string>>
  readonly line: number
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
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
  const rows: { readonly cells: string[]; readonly line: number }[] = []
  let [line, from] = [1, 0]
  let fault: { readonly message: string; readonly line: number } | null = null
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text, isKnown),
    step({ data, errors, meta }, parser) {
      const [error] = errors
      if (error !== undefined && error.type === 'Quotes') {
        fault = { message: error.message.toLowerCase(), line }
        parser.abort()
        return
      }
      if (data.some((cell) => cell.trim() !== '')) rows.push({ cells: data, line })
      for (let at = text.indexOf('\n', from); at >= 0 && at < meta.cursor; at = text.indexOf('\n', at + 1)) line++
      from = meta.cursor
    },
  })
  if (fault !== null) return fileProblem(file, ...faultOf(fault))
  const [header, ...body] = rows
  if (header === undefined)
    return fileProblem(file, 'the table is empty', { expected: 'a header row with question and answer' })
  const columns = header.cells.map((name) => name.trim())
  const named = columns.filter((name) => name !== '')
  const twice = named.find((name, index) => named.indexOf(name) !== index)
  if (twice !== undefined) {
    return fileProblem(file, `the column "${twice.slice(0, 100)}" is given twice`, {
      line: header.line,
      expected: 'every column once',
    })
  }
  const long = body.find(({ cells }) => cells.slice(columns.length).some((cell) => cell !== ''))
  if (long !== undefined) {
    return fileProblem(file, `${long.cells.length} cells under ${columns.length} columns`, {
      line: long.line,
      expected: 'as many cells as columns; quote a cell that holds the separator',
    })
  }
  return {
    table: { columns, rows: body.map(({ cells, line: at }) => ({ cells: byColumn(columns, cells), line: at })) },
  }
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

function faultOf(fault: { readonly message: string; readonly line: number }): [string, Partial<Position>] {
  return [fault.message, { line: fault.line }]
}

function byColumn(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.flatMap((name, index) => (name === '' ? [] : [[name, cells[index] ?? '']])))
}

/** A table's prompts as a source: everything in row i stands on that row's line. */
export function tableSource(file: string, prompts: readonly unknown[], rows: readonly TableRow[]): ReadResult {
  return {
    source: {
      file,
      data: { prompts, templates: false },
      locate: (places) =>
        places.map(({ path: [head, index] }) => {
          const row = head === 'prompts' && typeof index === 'number' ? rows[index] : undefined
          return { line: row?.line ?? 1, column: 1 }
        }),
    },
  }
}
