import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '#core/store/open-store.ts'
import { planLargeRun } from '../fixtures/large-run.ts'
import { countingSuite, openRunLab } from '../fixtures/run-lab.ts'
import { scriptedEngine } from '../fixtures/scripted-engine.ts'
import type { Row } from './bench.ts'
import { median, times } from './figures.ts'

const words = ['alpha', 'beta', 'gamma', 'delta', 'river', 'stone', 'seven', 'forty', 'because', 'wait', '数字', '等于']

/** What is on disk and how quickly it is found again. */
export async function measureStore(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-store-'))
  try {
    return [...(await measureTraces(folder)), ...measureCells(folder)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureTraces(folder: string): Promise<readonly Row[]> {
  const path = join(folder, 'traces.sqlite')
  let seed = 1
  const word = () => words[(seed = (seed * 48_271) % 2_147_483_647) % words.length] ?? ''
  const reply = () => [
    '<think>',
    ...Array.from({ length: 80 }, () => Array.from({ length: 10 }, () => ` ${word()}`).join('')),
    '</think>',
    ` ${seed}`,
  ]
  const engine = scriptedEngine({ precisions: ['F16'], reply })
  const lab = openRunLab([engine], countingSuite(10_000), { path })
  const small = await lab.runToEnd({ variants: ['F16'], limit: 3000 })
  lab.store.compact()
  const bytes = lab.store.sizeBytes()
  const large = await lab.runToEnd({ variants: ['F16'] })
  const searchMs = median(
    ['river', '"wait because"', '等于', 'sev*'].flatMap((query) =>
      times(5, () => lab.store.traces.search(large, query, { offset: 0, limit: 50 })),
    ),
  )
  if (lab.store.cells.counts(small).done !== 3000) throw new Error('the small run is not whole')
  await lab.close()
  const raw = 3000 * 800 * 6
  return [
    {
      what: 'store on disk, 3 000 cells × 800 tokens, no log-probabilities',
      value: `${(bytes / 1e6).toFixed(1)} MB`,
      floor: `${(raw / 1e6).toFixed(1)} MB of text`,
      ratio: bytes / raw,
      target: '≤ 40 MB',
      met: bytes <= 40e6,
    },
    {
      what: 'search in all thinking, 10 000 traces (median of 20)',
      value: `${searchMs.toFixed(0)} ms`,
      floor: '-',
      ratio: null,
      target: '≤ 200 ms',
      met: searchMs <= 200,
    },
  ]
}

function measureCells(folder: string): readonly Row[] {
  const path = join(folder, 'cells.sqlite')
  const store = openStore({ path })
  const run = planLargeRun(store)
  const firstMs = median(times(9, () => store.cells.page(run, { offset: 0, limit: 50 })))
  const sortedMs = median(
    times(9, () => store.cells.page(run, { sort: 'tokens', descending: true, offset: 0, limit: 50 })),
  )
  const gridMs = median(times(9, () => store.cells.grid(run)))
  store.close()
  const floorMs = median(times(9, () => statSync(path)))
  const row = (what: string, ms: number): Row => ({
    what,
    value: `${ms.toFixed(1)} ms`,
    floor: `${floorMs.toFixed(2)} ms to stat the file`,
    ratio: null,
    target: '≤ 100 ms',
    met: ms <= 100,
  })
  return [
    row('first 50 rows of 100 000 cells', firstMs),
    row('the same, sorted by tokens', sortedMs),
    row('the whole grid of 100 000 cells', gridMs),
  ]
}
