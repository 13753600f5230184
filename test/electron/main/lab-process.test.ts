import { setTimeout as sleep } from 'node:timers/promises'
import { PassThrough } from 'node:stream'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { portChannel, type PortLike } from '#shared/contract/channel.ts'
import { makeClient } from '#shared/contract/client.ts'
import { contract, type LabClient } from '#shared/contract/contract.ts'
import { startLab, type LabExit, type LabLink } from '../../../electron/main/lab-link.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { NodeUtility } from './node-utility.ts'

vi.mock('electron', async () => {
  const { MessageChannel } = await import('node:worker_threads')
  const { NodeUtility: utilityProcess } = await import('./node-utility.ts')
  return { utilityProcess, MessageChannelMain: MessageChannel }
})

let lab: LabLink | null = null
afterEach(async () => {
  await lab?.close()
  lab = null
  for (const { child } of NodeUtility.all.splice(0)) child.kill('SIGKILL')
})

function open(home: string) {
  const exits: LabExit[] = []
  const log = new PassThrough().resume()
  let starts = 0
  const started = async (n: number) => await expect.poll(() => starts).toBe(n)
  const ended = async (n: number) => await expect.poll(() => exits).toHaveLength(n)
  lab = startLab({
    log,
    env: { ...process.env, ASSAY_HOME: home },
    onExit: (exit) => exits.push(exit),
    onStart: () => (starts += 1),
  })
  return { lab, exits, started, ended }
}

function clientOf(link: LabLink): LabClient {
  const port = link.open() as unknown as MessagePort
  return makeClient(contract, portChannel(port as unknown as PortLike))
}

const processes = (name: string) => NodeUtility.all.filter((each) => each.name === name)

async function ask(client: LabClient): Promise<string> {
  let text = ''
  const trial = client['trial.run']({
    prompt: 'Calculate the sum of 12 and 30.',
    variants: ['specimen Q8_0'],
    maxTokens: 60,
    contextTokens: 512,
    sampling: { temperature: 0 },
  })
  for await (const event of trial) if (event.kind === 'text') text += event.thinking + event.answer
  return text
}

describe('the lab in a process that cannot fork', () => {
  it('makes files and runs models in processes that the main process starts for it, and takes them along', async () => {
    const { lab: link, exits, started } = open(tempFolder())
    const client = clientOf(link) // before it has started: the port waits
    for await (const step of client['specimen.prepare']({ precisions: ['Q8_0'] })) expect(step.step).toBeTruthy()
    expect(processes('make-worker')).toHaveLength(1)
    expect(await ask(client)).toMatch(/\d/)

    const [worker] = processes('builtin-worker')
    expect(worker?.pid).toBeTypeOf('number')
    worker?.child.kill('SIGKILL')
    await expect.poll(() => worker?.pid).toBeUndefined()
    expect(await ask(client)).toMatch(/\d/) // by a worker that took the dead one's place
    expect(processes('builtin-worker')).toHaveLength(2)

    processes('lab-process')[0]?.child.kill('SIGKILL')
    await started(2)
    expect(exits).toMatchObject([{ final: false, failure: null }])
    await expect.poll(() => processes('builtin-worker')[1]?.pid).toBeUndefined()
    expect((await clientOf(link)['lab.info']({})).version).toMatch(/^\d/)
  })

  it('says why it does not open, and is not started again for it', async () => {
    const home = tempFolder()
    writeFileSync(join(home, 'file'), '')
    const { exits, ended } = open(join(home, 'file', 'below'))
    await ended(1)
    expect(exits).toMatchObject([{ final: true, failure: { message: expect.stringContaining('below') as string } }])
    await sleep(50)
    expect(processes('lab-process')).toHaveLength(1)
  })

  it('stores what it has before it closes', async () => {
    const home = tempFolder()
    const { lab: link } = open(home)
    const client = clientOf(link)
    await client['settings.set']({ reviewer: 'A. Reader' })
    await link.close()
    expect(processes('lab-process')[0]?.child.exitCode).toBe(0)
    const again = open(home)
    expect((await clientOf(again.lab)['settings.get']({})).reviewer).toBe('A. Reader')
  })

  it('is left down after it has died four times within a minute', async () => {
    const { exits, started, ended } = open(tempFolder())
    for (const n of [1, 2, 3, 4]) {
      await started(n)
      processes('lab-process').at(-1)?.child.kill('SIGKILL')
      await ended(n)
    }
    expect(exits.map(({ final }) => final)).toEqual([false, false, false, true])
    const refused = clientOf(lab as LabLink)['lab.info']({})
    await expect(refused).rejects.toMatchObject({ code: 'CLOSED' })
  })
})

it('leaves the workers’ names as the build has them', () => {
  const config = readFileSync('electron.vite.config.ts', 'utf8')
  for (const name of ['lab-process', 'builtin-worker', 'make-worker']) expect(config).toContain(name)
})
