import type { ExportedFile } from '#shared/contract/views.ts'
import type { ReportFormat } from '#shared/domain/report-format.ts'
import { csvChunks } from './csv.ts'
import { htmlText } from './html/page.ts'
import { jsonlChunks } from './jsonl.ts'
import { junitText } from './junit.ts'
import { markdownText } from './markdown.ts'
import type { ReportInput } from './report-input.ts'
import { summarise } from './summary-json.ts'

/** A report as it is written, piece by piece: csv and jsonl of any size pass through in little memory. */
export interface ReportStream extends Omit<ExportedFile, 'text'> {
  readonly chunks: Iterable<string>
}

const kinds = {
  html: { extension: 'html', mediaType: 'text/html; charset=utf-8' },
  markdown: { extension: 'md', mediaType: 'text/markdown; charset=utf-8' },
  csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  jsonl: { extension: 'jsonl', mediaType: 'application/x-ndjson; charset=utf-8' },
  junit: { extension: 'junit.xml', mediaType: 'application/xml; charset=utf-8' },
  json: { extension: 'json', mediaType: 'application/json; charset=utf-8' },
} as const satisfies Record<ReportFormat, unknown>

export function streamReport(format: ReportFormat, input: ReportInput): ReportStream {
  const { extension, mediaType } = kinds[format]
  return { fileName: `assay-run-${input.run.id}.${extension}`, mediaType, chunks: write(format, input) }
}

/** The whole report as one text. */
export function exportReport(format: ReportFormat, input: ReportInput): ExportedFile {
  const { fileName, mediaType, chunks } = streamReport(format, input)
  return { fileName, mediaType, text: [...chunks].join('') }
}

function write(format: ReportFormat, input: ReportInput): Iterable<string> {
  switch (format) {
    case 'csv':
      return csvChunks(input)
    case 'jsonl':
      return jsonlChunks(input)
    case 'html':
      return [htmlText(input)]
    case 'markdown':
      return [markdownText(input)]
    case 'junit':
      return [junitText(input)]
    case 'json':
      return [`${JSON.stringify(summarise(input.arms), null, 2)}\n`]
  }
}
