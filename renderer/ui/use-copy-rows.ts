import { useEffect, useRef, useState } from 'react'
import { countText } from '#shared/domain/figures.ts'
import { withoutFormula } from '#shared/domain/formula-text.ts'
import type { FetchRows } from '../stores/use-pages.ts'
import type { Column } from './grid-column.ts'

/** More rows than this are a file, not something to paste. */
const mostRows = 100_000
/** How long it is said that rows were copied. */
const saidMs = 5000

/** Copies rows as tab-separated text, and says how many they were. */
export function useCopyRows<Row>(columns: readonly Column<Row>[], all: FetchRows<Row>) {
  const [said, setSaid] = useState('')
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  useEffect(() => {
    if (said === '' || said.endsWith('…')) return undefined
    const timer = setTimeout(() => setSaid(''), saidMs)
    return () => clearTimeout(timer)
  }, [said])

  const write = async (rows: readonly Row[], words: string) => {
    await navigator.clipboard.writeText(asTsv(columns, rows))
    setSaid(words)
  }
  const failed = (error: unknown) => setSaid(`Not copied: ${error instanceof Error ? error.message : String(error)}`)
  const copyAll = async () => {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    let total = 0
    const rows = await all({
      most: mostRows,
      signal: stop.signal,
      onProgress: (done, of) => {
        total = of
        if (done < of && !stop.signal.aborted) setSaid(`Copying, ${countText(done)} of ${countText(of)} rows…`)
      },
    })
    if (stop.signal.aborted) return
    await write(rows, copiedWords(rows.length, total))
  }
  return {
    said,
    copyOne: (row: Row) => void write([row], '1 row copied').catch(failed),
    copyAll: () => void copyAll().catch(failed),
  }
}

const copiedWords = (n: number, total: number): string =>
  n === mostRows && total > n
    ? `The first ${countText(n)} of ${countText(total)} rows copied. An export of the run has them all.`
    : `${countText(n)} ${n === 1 ? 'row' : 'rows'} copied`

/** `-`, `+3 %`, `-0.25`: what begins like a formula and is a figure of the lab's own. */
const figure = /^(?:-|[+-]\d[\d.,]*(?: ?%)?)$/

/** Tabs and line breaks inside a text would break the table: they become spaces. Buttons are no data. */
export function asTsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const told = columns.filter(({ title }) => title !== '')
  const line = (texts: readonly string[]) =>
    texts
      .map((text) => text.replaceAll(/[\t\r\n]+/g, ' '))
      .map((text) => (figure.test(text) ? text : withoutFormula(text)))
      .join('\t')
  return [line(told.map(({ title }) => title)), ...rows.map((row) => line(told.map(({ text }) => text(row))))].join(
    '\n',
  )
}
