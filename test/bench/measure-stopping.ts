import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLab, type Lab } from '#core/lab.ts'
import { resourcePath } from '#core/resources.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Row } from './bench.ts'
import { withLab } from './bench-lab.ts'
import { median } from './figures.ts'

const cancels = 7
const specimen = () => resourcePath('specimen', 'specimen-f16.gguf')

/** Cells that run again after a SIGKILL, and how long the engine goes on after a cancel: real inference on the specimen. */
export async function measureStopping(): Promise<readonly Row[]> {
  return [await measureResume(), await measureCancel()]
}

async function measureResume(): Promise<Row> {
  const home = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const prompts = Array.from({ length: 60 }, (_, i) => ({
    id: `s${i}`,
    text: `Calculate the sum of ${10 + i} and ${20 + i}.`,
    ungraded: true,
  }))
  const lab = await openLab({ home, env: {} })
  await lab.client['suites.save']({
    text: JSON.stringify({ name: 'resume', prompts }),
    format: 'json',
    file: 'resume.json',
  })
  for await (const step of lab.client['specimen.prepare']({ precisions: ['F16', 'Q8_0'] })) void step
  await lab.close()
  const script = new URL('../fixtures/execute-until-killed.ts', import.meta.url)
  const args = [home, 'resume', specimen(), 'specimen Q8_0']
  await new Promise((resolve) => {
    const child = fork(script, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.on('message', (message) => message === 'executing' && setTimeout(() => child.kill('SIGKILL'), 3000))
    child.on('exit', resolve)
  })
  const before = startedAt(home)
  const missing = before.filter((startedMs) => startedMs === null).length
  await new Promise((resolve) =>
    fork(script, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }).on('exit', resolve),
  )
  const generated = startedAt(home).filter((startedMs, index) => startedMs !== before[index]).length
  rmSync(home, { recursive: true, force: true })
  return {
    what: 'cells run after SIGKILL, 2 variants × 60 prompts',
    value: `${generated} for ${missing} missing`,
    floor: `${missing}`,
    ratio: missing === 0 ? null : generated / missing,
    target: 'exactly the missing ones',
    // Killed before the first cell, or after the last, it shows nothing.
    met: missing === 0 || missing === before.length ? null : generated === missing,
  }
}

/** When the stored generation of every cell began: one that ran again began later. */
function startedAt(home: string): readonly (number | null)[] {
  const store = openStore({ path: join(home, 'assay.sqlite') })
  const [run] = store.runs.list()
  if (run === undefined) throw new Error('the run was never stored')
  const times = [...store.cells.each(run.id)].map(({ id }) => store.traces.get(id)?.startedAtMs ?? null)
  store.close()
  return times
}

async function measureCancel(): Promise<Row> {
  return withLab({}, async (lab) => {
    const prompts = Array.from({ length: 40 }, (_, i) => ({
      id: `b${i}`,
      text: `Give me the lights of beacon Heron-${i}.`,
      ungraded: true,
    }))
    await lab.client['suites.save']({
      text: JSON.stringify({ name: 'cancel', prompts }),
      format: 'json',
      file: 'cancel.json',
    })
    const elapsedMs: number[] = []
    while (elapsedMs.length < cancels) elapsedMs.push(await cancelMs(lab))
    const worstMs = Math.max(...elapsedMs)
    return {
      what: `cancel to engine idle, built-in (median and worst of ${cancels})`,
      value: `${median(elapsedMs).toFixed(0)} ms, ${worstMs.toFixed(0)} ms`,
      floor: '-',
      ratio: null,
      target: '≤ 1 s',
      met: worstMs <= 1000,
    }
  })
}

/** From a cancel amid a generation until the run rests: only when the engine has ended it and given the model back. */
async function cancelMs(lab: Lab): Promise<number> {
  const { run } = await lab.client['runs.start']({
    suites: ['cancel'],
    variants: [specimen()],
    contextTokens: 512,
    maxTokens: 256,
  })
  let cancelledMs: number | null = null
  for await (const event of lab.client['runs.watch']({ run, text: false })) {
    if (event.kind !== 'cell-started' || cancelledMs !== null) continue
    // The specimen takes about that long to its first token, and twice as long to its last.
    await sleep(15)
    cancelledMs = performance.now()
    await lab.client['runs.cancel']({ run })
  }
  const restedMs = performance.now()
  const { state, counts } = await lab.client['runs.get']({ run })
  if (cancelledMs === null || state !== 'cancelled') throw new Error(`the run ended ${state} with ${counts.done} cells`)
  return restedMs - cancelledMs
}
