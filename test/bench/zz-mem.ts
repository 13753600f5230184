import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countingSuite, openRunLab } from '../fixtures/run-lab.ts'
import { scriptedEngine } from '../fixtures/scripted-engine.ts'
const [cells = '0', tokens = '800'] = process.argv.slice(2)
const show = (w: string) => {
  const peak = process.resourceUsage().maxRSS / 1000
  const r = process.memoryUsage()
  ;(globalThis as any).gc?.()
  const m = process.memoryUsage()
  console.log(
    w.padEnd(22),
    'peak',
    peak.toFixed(0),
    'rss',
    (r.rss / 1e6).toFixed(0),
    'heapBefore',
    (r.heapUsed / 1e6).toFixed(0),
    'live',
    (m.heapUsed / 1e6).toFixed(0),
    'ext',
    (m.external / 1e6).toFixed(0),
  )
}
show('start')
const piece = Array.from({ length: 10 }, (_, i) => ` word${i}`).join('')
const thinking = ['<think>', ...Array.from({ length: Number(tokens) / 10 }, () => piece), '</think>', '42']
const folder = mkdtempSync(join(tmpdir(), 'assay-memory-'))
const engine = scriptedEngine({ precisions: ['F16'], reply: () => thinking })
Object.assign(engine.log, { push: () => 0 })
Object.assign(engine.requests, { push: () => 0 })
const suite = countingSuite(Math.max(1, Number(cells)))
show('suite')
const lab = openRunLab([engine], suite, { path: join(folder, 'assay.sqlite') })
show('open')
const { runSpecSchema } = await import('#shared/domain/run.ts')
const run = await lab.runs.start(
  runSpecSchema.parse({
    suites: ['counting'],
    variants: ['F16'],
    idleTimeoutMs: 2000,
    retries: 1,
    contextTokens: 512,
    maxTokens: 900,
  }),
)
show('started')
let n = 0
for await (const e of lab.runs.watch(run, { text: false }, new AbortController().signal))
  if (e.kind === 'cell-done' && ++n % Math.ceil(Number(cells) / 5) === 0) show('done ' + n)
show('end')
await lab.close()
rmSync(folder, { recursive: true, force: true })
