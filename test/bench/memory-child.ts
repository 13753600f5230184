// Runs cells of a scripted engine over a real store and tells its own highest resident memory.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepHeapSmall } from '#core/keep-heap-small.ts'
import { countingSuite, openRunLab } from '../fixtures/run-lab.ts'
import { scriptedEngine } from '../fixtures/scripted-engine.ts'

const [prompts = '0', variants = '1', tokens = '800'] = process.argv.slice(2)
const precisions = ['F16', 'Q8_0', 'Q6_K', 'Q5_K_M', 'Q5_0', 'Q4_K_M', 'Q4_0', 'Q3_K_M', 'Q2_K', 'IQ1_S']
const names = precisions.slice(0, Number(variants))
const cells = Number(prompts) * names.length
const piece = Array.from({ length: 10 }, (_, i) => ` word${i}`).join('')
const thinking = ['<think>', ...Array.from({ length: Number(tokens) / 10 }, () => piece), '</think>', '42']
const folder = mkdtempSync(join(tmpdir(), 'assay-memory-'))
const engine = scriptedEngine({ precisions: names, reply: () => thinking })
// The log of everything asked is the test's, not the lab's.
Object.assign(engine.log, { push: () => 0 })
Object.assign(engine.requests, { push: () => 0 })
// As every lab does when it opens.
keepHeapSmall()
const lab = openRunLab([engine], countingSuite(Math.max(1, Number(prompts))), { path: join(folder, 'assay.sqlite') })
if (cells > 0) {
  const run = await lab.runToEnd({ variants: names })
  if (lab.store.cells.counts(run).done !== cells) throw new Error('not every cell ran')
}
process.send?.(process.resourceUsage().maxRSS / 1000)
await lab.close()
rmSync(folder, { recursive: true, force: true })
process.disconnect()
