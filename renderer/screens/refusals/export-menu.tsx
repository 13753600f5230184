import { Download } from 'lucide-react'
import { useState } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { saveFile } from '../../client/save-file.ts'
import { pageError } from '../../stores/loadable.ts'
import { useLabClient } from '../../stores/use-app.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'

/** Saves the log of labels, or the cells that it is about. */
export function ExportMenu({
  run,
  onProblem,
}: {
  readonly run: number
  readonly onProblem: (error: ErrorInfo | null) => void
}) {
  const lab = useLabClient()
  const [writing, setWriting] = useState(false)
  const save = async (write: () => ReturnType<(typeof lab)['report.export']>) => {
    setWriting(true)
    onProblem(null)
    try {
      const { fileName, mediaType, text } = await write()
      saveFile({ fileName, mediaType, content: text })
    } catch (error) {
      onProblem(pageError(error))
    } finally {
      setWriting(false)
    }
  }
  const log = (text: boolean) => () => void save(async () => lab['refusals.export']({ run, text }))
  return (
    <Menu
      label="Export the log"
      items={[
        { key: 'log', label: 'Label log', hint: 'JSON lines, a line a label, with evidence', onChoose: log(false) },
        { key: 'texts', label: 'Label log with texts', hint: 'thinking and answers too', onChoose: log(true) },
        {
          key: 'csv',
          label: 'Cells',
          hint: 'CSV, a row a cell, for a spreadsheet',
          onChoose: () => void save(async () => lab['report.export']({ run, format: 'csv', text: true })),
        },
      ]}
      trigger={
        <Button size="small" disabled={writing}>
          <Download aria-hidden /> {writing ? 'Writing…' : 'Export log'}
        </Button>
      }
    />
  )
}
