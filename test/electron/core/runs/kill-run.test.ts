import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openLab } from '#core/lab.ts'
import { openStore } from '#core/store/open-store.ts'
import { resourcePath } from '#core/resources.ts'
import { seededRandom } from '#shared/stats/random.ts'

const home = mkdtempSync(join(tmpdir(), 'assay-kill-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const kills = 20
const script = new URL('../../../fixtures/execute-until-killed.ts', import.meta.url)

/** Starts an executor and kills it so long after its run goes on; resolves with whether the run was done before that. */
function executeFor(ms: number | null, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = fork(script, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    let done = false
    let errors = ''
    child.stderr?.on('data', (data: Buffer) => (errors += data.toString()))
    child.on('message', (message) => {
      if (message === 'done') done = true
      if (message === 'executing' && ms !== null) setTimeout(() => child.kill('SIGKILL'), ms)
    })
    child.on('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(done)
      else reject(new Error(`the executor ended with ${code ?? signal}: ${errors}`))
    })
  })
}

it('loses and doubles nothing when a real run is killed at 20 random moments', async () => {
  const prompts = 60
  const suite = {
    schema: 'assay-suite/1',
    name: 'killed',
    prompts: Array.from({ length: prompts }, (_, i) => ({
      id: `sum-${i}`,
      text: `Calculate the sum of ${10 + i} and ${20 + i}.`,
      grader: { kind: 'number', expected: 30 + 2 * i },
    })),
  }
  const lab = await openLab({ home, env: {} })
  await lab.client['suites.save']({ text: JSON.stringify(suite), format: 'json', file: 'killed.json' })
  for await (const step of lab.client['specimen.prepare']({ precisions: ['F16', 'Q8_0'] })) void step
  await lab.close()

  const args = [home, 'killed', resourcePath('specimen', 'specimen-f16.gguf'), 'specimen Q8_0']
  const random = seededRandom(7)
  let killed = 0
  while (killed < kills) {
    if (!(await executeFor(random(1200), args))) killed += 1
    const store = openStore({ path: join(home, 'assay.sqlite') })
    expect(store.check()).toEqual([])
    store.close()
  }
  await executeFor(null, args)

  const store = openStore({ path: join(home, 'assay.sqlite') })
  for (const run of store.runs.list()) {
    expect(run.state).toBe('done')
    const cells = [...store.cells.each(run.id)]
    expect(cells).toHaveLength(2 * prompts)
    expect(new Set(cells.map(({ key }) => key)).size).toBe(2 * prompts)
    expect(cells.every(({ state, id }) => state === 'done' && (store.traces.get(id)?.raw.length ?? 0) > 0)).toBe(true)
    // Greedy on one thread: an interrupted run says what an uninterrupted one says.
    expect(cells.filter(({ correct }) => correct).length).toBeGreaterThan(prompts)
  }
  store.close()
}, 240_000)
