import { fork } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import { forkOptions, overChildProcess } from '#core/workers/fork-worker.ts'
import { load, specimen, specimenEngine } from './specimen-engine.ts'

let engine: Engine | null = null
afterEach(async () => {
  await engine?.close()
})

function openLonely(...args: readonly string[]): Engine {
  const file = join(import.meta.dirname, 'lonely-worker.ts')
  return (engine = specimenEngine({ spawn: () => overChildProcess(fork(file, args, forkOptions)) }))
}

describe('where no process can be forked', () => {
  it('loads a model all the same, because the worker answers node-llama-cpp’s rehearsal itself', async () => {
    await expect(openLonely().load(specimen, load)).resolves.toMatchObject({ contextTokens: 512 })
  })

  it.runIf(process.platform === 'linux')('would not otherwise: this is what the answer is for', async () => {
    await expect(openLonely('unprepared').load(specimen, load)).rejects.toMatchObject({ code: 'ENGINE_ABSENT' })
  })
})
