import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Row } from './bench.ts'
import { keepSuite, runToEnd, withLab, withStandIn } from './bench-lab.ts'

const prompts = 300
const variants = ['ollama:standin:v0', 'ollama:standin:v1', 'ollama:standin:v2']

/** Loads, and what a cell costs beyond the engine: Assay against a loop that streams, parses and appends. */
export async function measureRuns(): Promise<readonly Row[]> {
  return withStandIn(['200', '3'], async (server) => {
    const cells = prompts * variants.length
    const floorMs = (await bareLoop(server.url, cells)) / cells
    const { cellMs, loads } = await withLab({ OLLAMA_HOST: server.url }, async (lab) => {
      const suite = await keepSuite(lab, prompts)
      const before = await server.stats()
      const done = await runToEnd(lab, { suites: [suite], variants, contextTokens: 4096, maxTokens: 1024 })
      const after = await server.stats()
      return { ...done, loads: after.switches - before.switches }
    })
    return [
      {
        what: `model switches the server saw, ${variants.length} variants × ${prompts} prompts, each loaded by name before`,
        value: `${loads}`,
        floor: '0',
        ratio: null,
        target: `0 beyond ${variants.length} loads`,
      },
      {
        what: `a cell of 206 tokens on an engine that costs nothing (n = ${cells})`,
        value: `${cellMs.toFixed(2)} ms`,
        floor: `${floorMs.toFixed(2)} ms`,
        ratio: cellMs / floorMs,
        target: '≤ 1.5 × the floor',
      },
    ]
  })
}

/** The floor: the same requests and bytes, each line parsed, each answer appended to a file. */
async function bareLoop(url: string, cells: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-floor-'))
  const file = join(folder, 'cells.jsonl')
  const startedMs = performance.now()
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
  const elapsedMs = performance.now() - startedMs
  rmSync(folder, { recursive: true, force: true })
  return elapsedMs
}
