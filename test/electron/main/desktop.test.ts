import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { portChannel, type PortLike } from '#shared/contract/channel.ts'
import { contract, type LabContract } from '#shared/contract/contract.ts'
import { serve } from '#shared/contract/serve.ts'
import type { Handlers } from '#shared/contract/wire-types.ts'
import { answers, app, called, calls, electron, FakeUtility, FakeWindow } from './fake-electron.ts'

vi.mock('electron', async () => (await import('./fake-electron.ts')).electron)

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** The application as it has just started, in a state of its own. */
beforeEach(async () => {
  for (const name of app.eventNames()) app.removeAllListeners(name)
  electron.ipcMain.removeAllListeners()
  electron.session.defaultSession.removeAllListeners()
  for (const list of [calls, FakeWindow.all, FakeUtility.all, answers]) list.length = 0
  app.folder = mkdtempSync(join(tmpdir(), 'assay-desktop-'))
  folders.push(app.folder)
  app.requestSingleInstanceLock = () => true
})

let starts = 0
/** Evaluates main.ts anew: that is what starting is. */
async function start(): Promise<void> {
  starts += 1
  await import(/* @vite-ignore */ `${import.meta.dirname}/../../../electron/main/main.ts?start=${starts}`)
  await settled()
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))
const lab = () => FakeUtility.all.at(-1) as FakeUtility
const window = () => FakeWindow.all.at(-1) as FakeWindow

/** Answers the main process's own calls with one run that goes on. */
function serveRunningRun(): void {
  const [, ports] = lab().posted.find(([message]) => message === 'assay:port') ?? [null, []]
  const handlers = {
    'runs.list': () => Promise.resolve([{ id: 7, name: 'long', state: 'running' }]),
    async *'runs.watch'(_input: unknown, { signal }: { signal: AbortSignal }) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      yield* []
    },
  } as unknown as Handlers<LabContract>
  const channel = portChannel(ports[0] as MessagePort as unknown as PortLike)
  serve({ contract, handlers, channel, onBug: console.error })
}

/** The lab closes when it is told to. */
const closeWhenTold = async () => {
  await expect.poll(() => lab().posted.map(([message]) => message)).toContain('assay:close')
  lab().end(0)
}

describe('a second start', () => {
  it('leaves at once and starts nothing', async () => {
    app.requestSingleInstanceLock = () => false
    await start()
    expect(FakeUtility.all).toEqual([])
    expect(FakeWindow.all).toEqual([])
    expect(called('quit')).toHaveLength(1)
  })

  it('brings the first one to the front', async () => {
    await start()
    window().minimized = true
    app.emit('second-instance')
    expect(window().did).toEqual([['restore'], ['focus']])
  })
})

describe('quitting', () => {
  it('closes the lab first, without a question when nothing runs', async () => {
    await start()
    lab().start()
    app.quit()
    await closeWhenTold()
    await settled()
    expect(called('ask')).toEqual([])
    expect(called('exit')).toEqual([[0]])
  })

  it.each(['the menu', 'the window’s own button'])(
    'by %s asks once while a run goes on, and no means no',
    async (by) => {
      vi.useFakeTimers({ toFake: ['setInterval'] })
      await start()
      lab().start()
      serveRunningRun()
      await vi.advanceTimersByTimeAsync(2100)
      vi.useRealTimers()
      await settled()
      answers.push(1)
      const open = window()
      for (let press = 0; press < 2; press++) {
        if (by === 'the menu') app.quit()
        else open.close()
      }
      await settled()
      expect(called('ask')).toMatchObject([[{ message: 'Run 7 is still going.' }, true]])
      expect(called('exit')).toEqual([])
      expect(lab().posted.map(([message]) => message)).not.toContain('assay:close')

      answers.push(0)
      app.quit()
      await closeWhenTold()
      await settled()
      expect(called('exit')).toEqual([[0]])
    },
  )

  it('does not wait for ever for a lab that hangs', async () => {
    await start()
    lab().start()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    app.quit()
    await vi.advanceTimersByTimeAsync(5100)
    vi.useRealTimers()
    await settled()
    expect(called('exit')).toEqual([[0]])
  })
})

describe('the lab’s process', () => {
  it('is started with the data folder that was asked for', async () => {
    process.argv.push('--home', '/somewhere')
    try {
      await start()
    } finally {
      process.argv.splice(-2)
    }
    expect(lab().file).toMatch(/lab-process\.js$/)
    expect(lab().options).toMatchObject({ env: { ASSAY_HOME: '/somewhere' } })
  })

  it('is started again after a crash, which the page is told', async () => {
    await start()
    lab().start()
    lab().end(139)
    expect(FakeUtility.all).toHaveLength(2)
    lab().start()
    expect(window().sent).toEqual([
      ['assay:command', 'lab:started'],
      ['assay:command', 'lab:restarting'],
      ['assay:command', 'lab:started'],
    ])
  })

  it('gives ports that were asked for meanwhile to the next one', async () => {
    await start()
    const { port2 } = new MessageChannel()
    electron.ipcMain.emit('assay:port', { senderFrame: { url: 'app://lab/', parent: null }, ports: [port2] })
    expect(lab().posted).toEqual([])
    lab().start()
    expect(lab().posted.map(([message, ports]) => [message, ports[0] === (port2 as unknown)])).toContainEqual([
      'assay:port',
      true,
    ])
  })

  it('that cannot open its store says why in a dialog and is left down', async () => {
    await start()
    lab().start()
    lab().emit('message', { kind: 'lab:failed', message: 'The store is of a newer Assay.', hint: 'Update Assay.' })
    lab().end(1)
    await settled()
    expect(FakeUtility.all).toHaveLength(1)
    expect(window().sent.at(-1)).toEqual(['assay:command', 'lab:down'])
    expect(called('ask')).toMatchObject([
      [{ message: 'The store is of a newer Assay.', detail: 'Update Assay.' }, false],
    ])
    expect(called('show in folder')).toEqual([[join(app.folder, 'assay.log')]])
  })

  it('starts workers by name only', async () => {
    await start()
    lab().start()
    const { length } = FakeUtility.all
    const first = lab()
    for (const worker of ['../../evil', 'lab-process', '/bin/sh', 7]) {
      first.emit('message', { kind: 'worker:start', id: 1, worker })
    }
    expect(FakeUtility.all).toHaveLength(length)
    first.emit('message', { kind: 'worker:start', id: 1, worker: 'make-worker' })
    expect(lab().file).toMatch(/electron\/main\/make-worker\.js$/)
  })
})

describe('the window', () => {
  it('comes back where it was left, if a screen still shows that place', async () => {
    await start()
    window().close()
    const saved = JSON.parse(readFileSync(join(app.folder, 'window.json'), 'utf8')) as unknown
    expect(saved).toEqual({ x: 10, y: 20, width: 1000, height: 700, maximized: false })
    FakeWindow.all.length = 0
    await start()
    expect(window().options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 })
  })

  it('is shown when it has something to show', async () => {
    await start()
    expect(window().options).toMatchObject({ show: false })
    expect(window().did).toEqual([])
    window().emit('ready-to-show')
    expect(window().did).toEqual([['show']])
  })
})
