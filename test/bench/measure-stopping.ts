import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLab } from '#core/lab.ts'
import { resourcePath } from '#core/resources.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Row } from './bench.ts'
import { withLab } from './bench-lab.ts'

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
  }))
  const lab = await openLab({ home, env: {} })
  await lab.client['suites.save']({
    text: JSON.stringify({ name: 'resume', ungraded: true, prompts }),
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
    met: generated === missing,
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
    }))
    await lab.client['suites.save']({
      text: JSON.stringify({ name: 'cancel', ungraded: true, prompts }),
      format: 'json',
      file: 'cancel.json',
    })
    const { run } = await lab.client['runs.start']({
      suites: ['cancel'],
      variants: [specimen()],
      contextTokens: 512,
      maxTokens: 256,
    })
    let cancelledMs = 0
    for await (const event of lab.client['runs.watch']({ run, text: true })) {
      if (event.kind === 'cell-text' && cancelledMs === 0) {
        cancelledMs = performance.now()
        await lab.client['runs.cancel']({ run })
      }
    }
    // The run rests only when the engine has ended the generation and given the model back.
    const elapsedMs = performance.now() - cancelledMs
    return {
      what: 'cancel to engine idle, built-in',
      value: `${elapsedMs.toFixed(0)} ms`,
      floor: '-',
      ratio: null,
      target: '≤ 1 s',
      met: elapsedMs <= 1000,
    }
  })
}
