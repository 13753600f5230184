import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLab, type Lab } from '#core/lab.ts'

/** A lab of its own in a temporary folder, for one measurement. */
export async function withLab<T>(
  env: Record<string, string>,
  work: (lab: Lab, home: string) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const lab = await openLab({ home, env })
  try {
    return await work(lab, home)
  } finally {
    await lab.close()
    rmSync(home, { recursive: true, force: true })
  }
}

export interface StandIn {
  readonly url: string
  stats(): Promise<{ readonly switches: number; readonly cells: number }>
}

export async function withStandIn<T>(args: readonly string[], work: (server: StandIn) => Promise<T>): Promise<T> {
  const child: ChildProcess = fork(new URL('stand-in-server.ts', import.meta.url), args)
  try {
    const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))))
    const url = `http://127.0.0.1:${port}`
    return await work({
      url,
      stats: async () => (await (await fetch(`${url}/stats`)).json()) as { switches: number; cells: number },
    })
  } finally {
    child.kill()
  }
}

/** Keeps a suite of `n` prompts that ask for 42. */
export async function keepSuite(lab: Lab, n: number): Promise<string> {
  const prompts = Array.from({ length: n }, (_, i) => ({
    id: `p${i}`,
    text: `Question ${i}: six times seven?`,
    grader: { kind: 'number', expected: 42 },
  }))
  await lab.client['suites.save']({
    text: JSON.stringify({ name: `bench-${n}`, templates: false, prompts }),
    format: 'json',
    file: 'bench.json',
  })
  return `bench-${n}`
}

/** What a cell took: wall-clock and processor milliseconds of this process. */
export interface CellTime {
  readonly wallMs: number
  readonly cpuMs: number
}

/** Processor milliseconds of this process since it began, its collector and compiler included. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Runs to the end. `each`: from the first cell's end to the last one's, a cell; planning and rendering are left out. */
export async function runToEnd(
  lab: Lab,
  spec: Parameters<Lab['client']['runs.start']>[0],
): Promise<{ readonly run: number; readonly each: CellTime }> {
  const { run } = await lab.client['runs.start'](spec)
  const { total } = (await lab.client['runs.get']({ run })).counts
  const marks: CellTime[] = []
  let ended = 0
  for await (const event of lab.client['runs.watch']({ run, text: false })) {
    if (event.kind !== 'cell-done') continue
    ended += 1
    // Not for every cell: asking for the processor time takes a while itself.
    if (ended === 1 || ended === total) marks.push({ wallMs: performance.now(), cpuMs: cpuMs() })
  }
  const { state, error } = await lab.client['runs.get']({ run })
  const [first, last] = marks
  if (state !== 'done' || first === undefined || last === undefined) {
    throw new Error(`the run ended ${state}: ${error?.message ?? ''}`)
  }
  const cells = total - 1
  return {
    run,
    each: { wallMs: (last.wallMs - first.wallMs) / cells, cpuMs: (last.cpuMs - first.cpuMs) / cells },
  }
}
