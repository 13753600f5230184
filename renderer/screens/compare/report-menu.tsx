import { FileText } from 'lucide-react'
import { useState } from 'react'
import { reportFormats } from '#shared/domain/report-format.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { saveFile } from '../../client/save-file.ts'
import { pageError } from '../../stores/loadable.ts'
import { useLabClient } from '../../stores/use-app.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'

type Format = (typeof reportFormats)[number]

const formats: readonly {
  readonly format: Format
  readonly label: string
  readonly hint: string
  readonly text?: boolean
}[] = [
  { format: 'html', label: 'HTML', hint: 'one file with plots and methods' },
  { format: 'markdown', label: 'Markdown', hint: 'for a pull request' },
  { format: 'csv', label: 'CSV', hint: 'a row a cell' },
  { format: 'jsonl', label: 'JSON lines', hint: 'a line a cell' },
  { format: 'jsonl', label: 'JSON lines with texts', hint: 'thinking and answers too', text: true },
  { format: 'junit', label: 'JUnit', hint: 'for a build server' },
  { format: 'json', label: 'JSON', hint: 'the summary' },
]

/** Saves the run's report. It is always about the run as planned: its own margin and reference. */
export function ReportMenu({
  run,
  onProblem,
}: {
  readonly run: number
  readonly onProblem: (error: ErrorInfo | null) => void
}) {
  const lab = useLabClient()
  const [writing, setWriting] = useState(false)
  const save = async (format: Format, text: boolean) => {
    setWriting(true)
    onProblem(null)
    try {
      const file = await lab['report.export']({ run, format, text })
      saveFile({ fileName: file.fileName, mediaType: file.mediaType, content: file.text })
    } catch (error) {
      onProblem(pageError(error))
    } finally {
      setWriting(false)
    }
  }
  return (
    <Menu
      label="Report"
      items={formats.map(({ format, label, hint, text = false }) => ({
        key: label,
        label,
        hint,
        onChoose: () => void save(format, text),
      }))}
      trigger={
        <Button size="small" disabled={writing} title="Save the report of this run">
          <FileText aria-hidden /> {writing ? 'Writing…' : 'Report'}
        </Button>
      }
    />
  )
}
