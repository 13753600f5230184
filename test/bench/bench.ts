// The figures of design targets that exist so far, each beside its floor in the same run: read ratios, not milliseconds.
import Table from 'cli-table3'
import { measureMemory } from './measure-memory.ts'
import { measureRuns } from './measure-runs.ts'
import { measureStopping } from './measure-stopping.ts'
import { measureStore } from './measure-store.ts'

export interface Row {
  readonly what: string
  readonly value: string
  /** What the same costs without Assay, measured beside it. */
  readonly floor: string
  readonly ratio: number | null
  readonly target: string
}

const measurements = { runs: measureRuns, stopping: measureStopping, store: measureStore, memory: measureMemory }

async function main(): Promise<void> {
  const wanted = process.argv.slice(2)
  const table = new Table({
    head: ['what', 'Assay', 'floor', 'ratio', 'target'],
    colWidths: [46, 20, 24, 8, 24],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const [name, measure] of Object.entries(measurements)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    process.stderr.write(`measuring ${name}…\n`)
    for (const { what, value, floor, ratio, target } of await measure()) {
      table.push([what, value, floor, ratio === null ? '' : ratio.toFixed(2), target])
    }
  }
  console.log(table.toString())
}

await main()
