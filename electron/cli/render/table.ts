import Table from 'cli-table3'
import type { Style } from './style.ts'

export interface Column {
  readonly title: string
  /** Figures stand to the right. */
  readonly align?: 'left' | 'right'
}

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const

/** Aligned columns without lines; a cell may have several lines. Ends without a line feed. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], style: Style): string {
  const made = new Table({
    head: columns.map(({ title }) => title.split('\n').map(style.dim).join('\n')),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    rowAligns: columns.map(() => 'top'),
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  })
  made.push(...rows.map((row) => [...row]))
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
