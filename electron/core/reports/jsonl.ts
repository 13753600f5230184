import { cellRows } from './cell-rows.ts'
import type { ReportInput } from './report-input.ts'

/** One JSON object a cell and line. */
export function* jsonlChunks(input: ReportInput): Generator<string, void, undefined> {
  for (const { text, ...row } of cellRows(input)) yield `${JSON.stringify({ ...row, ...text })}\n`
}
