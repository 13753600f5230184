import { ChartScatter, Download, Table2 } from 'lucide-react'
import { useState, type RefObject } from 'react'
import { saveFile } from '../client/save-file.ts'
import { pageError } from '../stores/loadable.ts'
import { Button } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { drawnPicture, type Picture } from './drawn-picture.ts'
import { chartFileName, pngBlob } from './save-chart.ts'
import { csvText, type ChartTable } from './table-cells.ts'

export interface ChartToolsProps {
  readonly title: string
  readonly table: ChartTable
  /** Begins the names of saved files: `run-17`. */
  readonly fileStem: string
  readonly asTable: boolean
  readonly onAsTable: (asTable: boolean) => void
  /** What is drawn. */
  readonly drawing: RefObject<HTMLElement | null>
  /** Told when a picture could not be saved, and null when the next one is tried. */
  readonly onProblem: (problem: string | null) => void
}

/** What every chart has: its figures as a table, and itself as SVG, PNG and CSV. */
export function ChartTools(props: ChartToolsProps) {
  const { title, asTable, onAsTable } = props
  return (
    <>
      <Button
        kind="quiet"
        size="icon"
        aria-pressed={asTable}
        aria-label={`${title} as a ${asTable ? 'chart' : 'table'}`}
        title={asTable ? 'Show the chart' : 'Show as a table'}
        onClick={() => onAsTable(!asTable)}
      >
        {asTable ? <ChartScatter aria-hidden /> : <Table2 aria-hidden />}
      </Button>
      <Menu
        label={`Save ${title}`}
        items={saveItems(props)}
        trigger={
          <Button kind="quiet" size="icon" aria-label={`Save ${title}`} title="Save as SVG, PNG or CSV">
            <Download aria-hidden />
          </Button>
        }
      />
    </>
  )
}

/** The word that a chart could not be saved, for `onProblem`. */
export const useChartProblem = () => useState<string | null>(null)

function saveItems({ title, table, fileStem, asTable, drawing, onProblem }: ChartToolsProps): readonly MenuItem[] {
  const name = chartFileName(fileStem, title)
  const save = async (extension: string, mediaType: string, content: (picture: Picture) => Promise<string | Blob>) => {
    const element = drawing.current
    if (element === null) return
    onProblem(null)
    try {
      const picture = drawnPicture(element, { title, surface: surfaceOf(element) })
      saveFile({ fileName: `${name}.${extension}`, mediaType, content: await content(picture) })
    } catch (error) {
      onProblem(pageError(error).message)
    }
  }
  const picture = { disabled: asTable, ...(asTable ? { hint: 'show the chart first' } : {}) }
  return [
    {
      key: 'svg',
      label: 'SVG',
      ...picture,
      onChoose: () => void save('svg', 'image/svg+xml', async ({ text }) => text),
    },
    { key: 'png', label: 'PNG', ...picture, onChoose: () => void save('png', 'image/png', pngBlob) },
    {
      key: 'csv',
      label: 'CSV',
      onChoose: () =>
        saveFile({ fileName: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', content: csvText(table) }),
    },
  ]
}

/** A token may be `light-dark(…)`: what it comes to here is read back from an element that uses it. */
function surfaceOf(near: Element): string {
  const probe = document.createElement('span')
  probe.style.color = 'var(--surface-panel)'
  near.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
