import { execFile, fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import type { BuiltinEngineDeps } from '#core/engines/builtin/builtin-engine.ts'
import type { WorkerPatience } from '#core/engines/builtin/worker-client.ts'
import type { Engine } from '#core/engines/engine.ts'
import type { EngineEvent, GenerateRequest } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { forkOptions, overChildProcess, workerFile } from '#core/workers/fork-worker.ts'
import { theEnd } from '../../../../conformance/the-end.ts'
import { ask, describeFile, greedy, load, specimen, specimenEngine } from './specimen-engine.ts'

/** Long enough for a process to start on a busy machine, short enough to wait for. */
const impatient: WorkerPatience = { beatEveryMs: 100, beatsMissed: 60, settleMs: 300, renderMs: 3000 }

let engine: Engine | null = null
let children: ChildProcess[] = []
afterEach(async () => {
  await engine?.close()
  for (const child of children) child.kill('SIGKILL')
  engine = null
  children = []
})

function open(deps: Partial<BuiltinEngineDeps> = {}, file = workerFile('builtin-worker')): Engine {
  const spawn = () => {
    const child = fork(file, [], forkOptions)
    children.push(child)
    return overChildProcess(child)
  }
  return (engine = specimenEngine({ spawn, ...deps }))
}

const request = (question: string, changes: Partial<GenerateRequest> = {}): GenerateRequest => ({
  ref: specimen,
  input: { mode: 'raw', prompt: ask(question) },
  load,
  sampling: greedy,
  seed: 1,
  maxTokens: 200,
  stop: [],
  alternatives: null,
  ...changes,
})

interface Outcome {
  readonly text: string
  readonly events: readonly EngineEvent[]
  readonly error: unknown
}

/** Reads a generation; `onText` runs after its first text. */
async function read(from: Engine, asked: GenerateRequest, onText = () => {}, signal?: AbortSignal): Promise<Outcome> {
  const events: EngineEvent[] = []
  let error: unknown = null
  try {
    for await (const event of from.generate(asked, signal ?? new AbortController().signal)) {
      events.push(event)
      if (events.length === 1) onText()
    }
  } catch (thrown) {
    error = thrown
  }
  return { text: events.map((event) => (event.kind === 'text' ? event.text : '')).join(''), events, error }
}

const endless = 'Compute 34 times 27.'
const last = (): ChildProcess => children.at(-1) as ChildProcess

describe('the engine’s process', () => {
  it.each(['SIGKILL', 'SIGABRT'] as const)(
    'may die of %s: the text so far is kept, the error says so, the next call starts another',
    async (signal) => {
      const whole = (await read(open(), request(endless))).text
      const { text, events, error } = await read(engine as Engine, request(endless), () => last().kill(signal))
      expect(error).toBeInstanceOf(LabError)
      expect(error).toMatchObject({ code: 'ENGINE_CRASHED', hint: expect.any(String) as string })
      expect((error as LabError).message).toContain(signal)
      expect(events.every(({ kind }) => kind === 'text')).toBe(true)
      expect(text).not.toBe('')
      expect(whole.startsWith(text)).toBe(true)
      expect((await read(engine as Engine, request(endless))).text).toBe(whole)
      expect(children).toHaveLength(2)
    },
  )

  it('may die while it loads, and while it is idle', async () => {
    const loading = open().load(specimen, load)
    while (children.length === 0) await sleep(5)
    last().kill('SIGKILL')
    await expect(loading).rejects.toMatchObject({ code: 'ENGINE_CRASHED' })
    await engine?.load(specimen, load)
    const idle = last()
    const gone = new Promise((resolve) => idle.once('exit', resolve))
    idle.kill('SIGKILL')
    await gone
    await expect.poll(async () => (await engine?.list())?.[0]?.loaded).toBe(false)
    expect((await read(engine as Engine, request('Who are you?'))).error).toBeNull()
  })

  it('is ended and replaced when it hangs', async () => {
    await open({ patience: impatient }).load(specimen, load)
    const { text, error } = await read(engine as Engine, request(endless), () => last().kill('SIGSTOP'))
    expect(error).toMatchObject({ code: 'ENGINE_CRASHED' })
    expect((error as LabError).message).toContain('no longer answered')
    expect(text).not.toBe('')
    expect((await read(engine as Engine, request('Who are you?'))).error).toBeNull()
  })

  it('cannot hold up a cancel, nor spoil another generation that waits behind it', async () => {
    // Heartbeats are out of it here: only the cancel may find out.
    await open({ patience: { ...impatient, beatsMissed: 1e9 } }).load(specimen, load)
    const stop = new AbortController()
    const behind: Promise<Outcome>[] = []
    const { text, events, error } = await read(
      engine as Engine,
      request(endless),
      () => {
        last().kill('SIGSTOP')
        stop.abort()
        behind.push(read(engine as Engine, request('Who are you?')))
      },
      stop.signal,
    )
    expect(error).toBeNull()
    expect(theEnd(events).reason).toBe('cancelled')
    expect(text).not.toBe('')
    const [other] = await Promise.all(behind)
    expect(other).toMatchObject({ error: null, text: expect.stringContaining('</think>') as string })
    expect(children).toHaveLength(2)
  })

  it('is not believed when it sends what cannot be read', async () => {
    const { error } = await read(open({}, join(import.meta.dirname, 'lying-worker.ts')), request(endless))
    expect(error).toMatchObject({ code: 'ENGINE_CRASHED' })
    expect((error as LabError).message).toContain('cannot be read')
    expect(last().killed).toBe(true)
  })

  it('is ended when a file’s template does not come to an end', async () => {
    const turns = '{% for i in range(3000) %}'
    const template = `${turns.repeat(4)}x${'{% endfor %}'.repeat(4)}`
    const nasty = async (path: string) => ({ ...(await describeFile(path)), template })
    open({ patience: { ...impatient, beatsMissed: 1e9 }, describeFile: nasty })
    const error = await engine?.render(specimen, { system: null, user: 'x' }, load).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'GGUF_INVALID' })
    await expect.poll(() => last().killed).toBe(true)
  })

  it('does not keep a program alive that has ended without closing the engine', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'leave-idle.ts')])
    expect(stdout).toBe('length')
  })

  it('ends with its parent', async () => {
    await open().load(specimen, load)
    const child = last()
    const gone = new Promise((resolve) => child.once('exit', resolve))
    // What the child sees when its parent is killed: the channel closes.
    child.disconnect()
    await gone
    expect(child.signalCode ?? child.exitCode).not.toBeNull()
  })
})

describe('an engine without its library', () => {
  const absent = () => ({ state: 'absent', reason: 'There is no llama.cpp here.', hint: 'Use Ollama.' }) as const

  it('says so, and lists, describes and renders all the same', async () => {
    open({ library: absent })
    expect(await engine?.status()).toMatchObject({ state: 'absent', reason: absent().reason, hint: absent().hint })
    expect(await engine?.list()).toHaveLength(1)
    expect((await engine?.describe(specimen))?.tensors.length).toBeGreaterThan(0)
    const { text } = (await engine?.render(specimen, { system: null, user: 'Hi' }, load)) ?? {}
    expect(text).toBe(ask('Hi'))
  })

  it('refuses what needs it, before any process is started', async () => {
    open({ library: absent })
    await expect(engine?.features()).rejects.toMatchObject({ code: 'ENGINE_ABSENT' })
    await expect(engine?.load(specimen, load)).rejects.toMatchObject({ code: 'ENGINE_ABSENT', hint: 'Use Ollama.' })
    expect((await read(engine as Engine, request(endless))).error).toMatchObject({ code: 'ENGINE_ABSENT' })
    expect(children).toEqual([])
  })
})

describe('status', () => {
  it('remembers that llama.cpp did not start', async () => {
    open({}, join(import.meta.dirname, 'unable-worker.ts'))
    expect((await engine?.status())?.state).toBe('ready')
    await expect(engine?.load(specimen, load)).rejects.toMatchObject({ code: 'ENGINE_ABSENT' })
    expect(await engine?.status()).toMatchObject({ state: 'broken', reason: 'No luck.', hint: 'Use Ollama.' })
  })

  it('starts no process and loads nothing', async () => {
    expect((await open().status()).state).toBe('ready')
    expect(children).toEqual([])
  })
})
