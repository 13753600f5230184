import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLab, type Lab } from '#core/lab.ts'
import { runOnce } from '../../../electron/cli/earlier-run.ts'
import type { Context } from '../../../electron/cli/context.ts'
import { makeTerminal } from '../../../electron/cli/terminal.ts'
import { collector } from './host-in-memory.ts'

/** Real lab, real engine, a suite of three prompts. */

const suite = `name: Sums
prompts:
${[4, 5, 6].map((n) => `  - { id: s${n}, text: "What is ${n} + 31?", grader: { kind: number, expected: ${n + 31} } }`).join('\n')}
`
const limits = { contextTokens: 512, maxTokens: 64 }

let home = ''
let lab: Lab
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'assay-once-'))
  lab = await openLab({ home, env: { OLLAMA_HOST: 'http://127.0.0.1:9' } })
  await lab.client['suites.save']({ text: suite, format: 'yaml' })
})
afterAll(async () => {
  await lab.close()
  await rm(home, { recursive: true, force: true })
})

function makeContext() {
  const interrupt = new AbortController()
  const stderr = collector()
  const context: Context = {
    terminal: makeTerminal({ stdout: collector(), stderr, env: {}, colours: false, quiet: false }),
    json: false,
    cwd: home,
    program: 'assay',
    interrupts: { signal: interrupt.signal },
    begun() {},
    lab: () => Promise.resolve(lab.client),
    confirm: () => Promise.resolve(null),
  }
  return { context, interrupt, stderr }
}

const spec = { suites: ['Sums'], variants: ['specimen F16'], ...limits }
const once = (changes: object = {}, fresh = false) =>
  runOnce(makeContext().context, lab.client, { ...spec, ...changes }, { fresh })

it('generates once, and again only when asked or when something that matters is different', async () => {
  const first = await once()
  expect(first.counts).toMatchObject({ total: 3, done: 3 })
  expect((await once()).id).toBe(first.id)
  expect((await once({ name: 'Another name' })).id).toBe(first.id)
  expect((await once({ maxTokens: 65 })).id).not.toBe(first.id)
  expect((await once({}, true)).id).not.toBe(first.id)
})

it('saves a run that is stopped, says how to go on, and later goes on with it', async () => {
  const { context, interrupt } = makeContext()
  interrupt.abort()
  const stopped = await runOnce(context, lab.client, { ...spec, maxTokens: 80 }, { fresh: false }).catch(
    (error: unknown) => error,
  )
  expect(stopped).toMatchObject({ code: 'CANCELLED', message: 'Stopped.', data: { state: 'cancelled' } })
  const { run } = (stopped as { data: { run: number } }).data
  expect(stopped).toMatchObject({ hint: `Continue with: assay resume ${run}` })
  expect((await lab.client['runs.get']({ run })).counts.done).toBeLessThan(3)

  const finished = await once({ maxTokens: 80 })
  expect(finished).toMatchObject({ id: run, state: 'done' })
  expect(finished.counts).toMatchObject({ total: 3, done: 3 })
})
