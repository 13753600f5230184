// Runs cells of a scripted engine over a real store and tells its own highest resident memory.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countingSuite, openRunLab } from '../fixtures/run-lab.ts'
import { scriptedEngine } from '../fixtures/scripted-engine.ts'

const [cells = '0', tokens = '800'] = process.argv.slice(2)
const piece = Array.from({ length: 10 }, (_, i) => ` word${i}`).join('')
const thinking = ['<think>', ...Array.from({ length: Number(tokens) / 10 }, () => piece), '</think>', '42']
const folder = mkdtempSync(join(tmpdir(), 'assay-memory-'))
const engine = scriptedEngine({ precisions: ['F16'], reply: () => thinking })
// The log of everything asked is the test's, not the lab's.
Object.assign(engine.log, { push: () => 0 })
Object.assign(engine.requests, { push: () => 0 })
const lab = openRunLab([engine], countingSuite(Math.max(1, Number(cells))), { path: join(folder, 'assay.sqlite') })
if (Number(cells) > 0) {
  const run = await lab.runToEnd({ variants: ['F16'] })
  if (lab.store.cells.counts(run).done !== Number(cells)) throw new Error('not every cell ran')
}
process.send?.(process.resourceUsage().maxRSS / 1000)
await lab.close()
rmSync(folder, { recursive: true, force: true })
process.disconnect()
