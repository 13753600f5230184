// The table of the design's targets, each figure beside its floor in the same run: read ratios, not milliseconds.
import { availableParallelism, loadavg } from 'node:os'
import Table from 'cli-table3'
import { measureMemory } from './measure-memory.ts'
import { measurePage } from './measure-page.ts'
import { measureRuns } from './measure-runs.ts'
import { measureStopping } from './measure-stopping.ts'
import { measureStore } from './measure-store.ts'

export interface Row {
  readonly what: string
  readonly value: string
  /** What the same costs without Assay, measured beside it, or what another program was measured at. */
  readonly floor: string
  readonly ratio: number | null
  readonly target: string
  /** Null where this run cannot tell. */
  readonly met: boolean | null
}

const measurements = {
  runs: measureRuns,
  stopping: measureStopping,
  store: measureStore,
  page: measurePage,
  memory: measureMemory,
}

/** The time that others take is in every figure. */
const machine = (): string => `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`

const words = (met: boolean | null): string => (met === null ? '' : met ? 'met' : 'MISSED')

async function main(): Promise<void> {
  const wanted = process.argv.slice(2)
  const table = new Table({
    head: ['what', 'floor or reference', 'Assay', 'ratio', 'target', ''],
    colWidths: [46, 24, 20, 8, 24, 8],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const [name, measure] of Object.entries(measurements)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    process.stderr.write(`measuring ${name}, ${machine()}…\n`)
    for (const { what, value, floor, ratio, target, met } of await measure()) {
      table.push([what, floor, value, ratio === null ? '' : ratio.toFixed(2), target, words(met)])
    }
  }
  console.log(table.toString())
  console.log(`afterwards ${machine()}`)
}

await main()
