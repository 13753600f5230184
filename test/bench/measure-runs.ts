import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lab } from '#core/lab.ts'
import type { Row } from './bench.ts'
import { cpuMs, keepSuite, runToEnd, withLab, withStandIn, type CellTime, type StandIn } from './bench-lab.ts'
import { median } from './figures.ts'

const prompts = 100
const variants = ['ollama:standin:v0', 'ollama:standin:v1', 'ollama:standin:v2']
const cells = prompts * variants.length
/** Assay and the floor take turns, so that what else the machine does hits both. The first turn warms both up and is not counted. */
const turns = 6

interface Turn {
  readonly floor: CellTime
  readonly assay: CellTime
  readonly switches: number
}

/** Loads, and what a cell costs beyond the engine: Assay against a loop that streams, parses and appends. */
export async function measureRuns(): Promise<readonly Row[]> {
  const byTokens = await takeTurns('tokens')
  const whole = await takeTurns('whole')
  return [
    switchesRow(byTokens),
    timesRow('206 tokens, each in a chunk as Ollama sends them', byTokens, 'cpuMs'),
    timesRow('206 tokens, each in a chunk as Ollama sends them', byTokens, 'wallMs'),
    timesRow('206 tokens that come all at once', whole, 'cpuMs'),
    timesRow('206 tokens that come all at once', whole, 'wallMs'),
  ]
}

function takeTurns(flush: 'tokens' | 'whole'): Promise<readonly Turn[]> {
  return withStandIn(['200', '3', flush], (server) =>
    withLab({ OLLAMA_HOST: server.url }, async (lab) => {
      const suite = await keepSuite(lab, prompts)
      const all: Turn[] = []
      for (let turn = 0; turn < turns; turn++) all.push(await takeTurn(server, lab, suite))
      return all
    }),
  )
}

async function takeTurn(server: StandIn, lab: Lab, suite: string): Promise<Turn> {
  const floor = await bareLoop(server.url)
  const before = await server.stats()
  const { each } = await runToEnd(lab, { suites: [suite], variants, contextTokens: 4096, maxTokens: 1024 })
  const after = await server.stats()
  return { floor, assay: each, switches: after.switches - before.switches }
}

function switchesRow(all: readonly Turn[]): Row {
  const most = Math.max(...all.map(({ switches }) => switches))
  return {
    what: `model switches the server saw, ${variants.length} variants × ${prompts} prompts, each loaded by name before`,
    value: `${most}`,
    floor: '0',
    ratio: null,
    target: `0 beyond ${variants.length} loads`,
    met: most === 0,
  }
}

function timesRow(what: string, all: readonly Turn[], part: keyof CellTime): Row {
  const counted = all.slice(1)
  const ratio = median(counted.map(({ assay, floor }) => assay[part] / floor[part]))
  const unit = part === 'cpuMs' ? 'ms CPU' : 'ms'
  const middle = (of: 'assay' | 'floor') => `${median(counted.map((turn) => turn[of][part])).toFixed(2)} ${unit}`
  return {
    what: `a cell of ${what} (median of ${counted.length} turns of ${cells})`,
    value: middle('assay'),
    floor: middle('floor'),
    ratio,
    target: '≤ 1.5 × the floor',
    met: ratio <= 1.5,
  }
}

/** The floor: the same requests and bytes, each line parsed, each answer appended to a file. */
async function bareLoop(url: string): Promise<CellTime> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-floor-'))
  const file = join(folder, 'cells.jsonl')
  const startedMs = performance.now()
  const startedCpuMs = cpuMs()
  for (let cell = 0; cell < cells; cell++) {
    const body = JSON.stringify({ model: 'standin:v0', prompt: `Question ${cell}`, raw: true, stream: true })
    const response = await fetch(`${url}/api/generate`, { method: 'POST', body })
    let rest = ''
    let text = ''
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      const lines = (rest + Buffer.from(chunk).toString('utf8')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) text += (JSON.parse(line) as { response: string }).response
    }
    appendFileSync(file, `${JSON.stringify({ cell, text })}\n`)
  }
  const took = { wallMs: (performance.now() - startedMs) / cells, cpuMs: (cpuMs() - startedCpuMs) / cells }
  rmSync(folder, { recursive: true, force: true })
  return took
}
