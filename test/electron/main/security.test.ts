// Electron's security checklist, item by item (docs/tutorial/security.md of electron/electron), against a fake `electron`.
// Item 16, a current Electron, and item 19, fuses, are in test/packaging; item 20 is in test/electron/preload.
import { EventEmitter } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { answers, app, called, FakeUtility, FakeWindow, handlers, ipcMain, preventable } from './fake-electron.ts'

vi.mock('electron', async () => (await import('./fake-electron.ts')).electron)

let sandboxedBefore = false

beforeAll(async () => {
  app.folder = mkdtempSync(join(tmpdir(), 'assay-desktop-'))
  app.whenReady = () => {
    sandboxedBefore = called('enableSandbox').length === 1 && called('schemes').length === 1
    return Promise.resolve()
  }
  await import('../../../electron/main/main.ts')
  await vi.waitFor(() => expect(FakeWindow.all).toHaveLength(1), 30_000)
  FakeUtility.all[0]?.start()
})
afterAll(() => rmSync(app.folder, { recursive: true, force: true }))

describe('the window', () => {
  it('loads the page over its own scheme (1, 18)', () => {
    expect(FakeWindow.all.map(({ url }) => url)).toEqual(['app://lab/'])
    expect(called('schemes')).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]],
    ])
  })

  it('is isolated and sandboxed, without Node (2, 3, 4)', () => {
    for (const { options } of FakeWindow.all) {
      expect(options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false })
    }
    expect(sandboxedBefore).toBe(true)
  })

  it('relaxes nothing (6, 8, 9, 10, 11)', () => {
    const { webPreferences } = FakeWindow.all[0]?.options ?? {}
    expect(Object.keys(webPreferences ?? {}).toSorted()).toEqual([
      'contextIsolation',
      'nodeIntegration',
      'preload',
      'sandbox',
      'spellcheck',
      'webSecurity',
    ])
    expect(webPreferences).toMatchObject({ webSecurity: true })
  })
})

const hostileAddresses = [
  'https://evil.test/',
  'http://127.0.0.1:4178/',
  'file:///etc/passwd',
  'app://lab.evil.test/',
  'app://evil@other/',
  'app://other/',
  'app://lab:99/',
  'apps://lab/',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'blob:app://lab/1',
  'about:blank',
  '',
  'not an address',
]

/** How the session answers, asked and looked up: the two ways Electron has. */
function permitted(permission: string, details: { isMainFrame: boolean; requestingUrl?: string }) {
  const answer = vi.fn<(granted: boolean) => void>()
  handlers['permission request']?.(...([{}, permission, answer, details] as never[]))
  const checked = handlers['permission check']?.(...([{}, permission, 'app://lab', details] as never[]))
  return [answer.mock.calls[0]?.[0], checked]
}

describe('permissions (5)', () => {
  const page = { isMainFrame: true, requestingUrl: 'app://lab/#/runs/1' }

  it.each([
    ...['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'midiSysex'],
    ...['clipboard-sanitized-write ', 'display-capture', 'fullscreen', 'pointerLock', 'unknown'],
  ])('are denied: %s', (permission) => expect(permitted(permission, page)).toEqual([false, false]))

  it('but the page may copy text', () => {
    expect(permitted('clipboard-sanitized-write', page)).toEqual([true, true])
  })

  it('and nobody else may: no frame in it, no other address', () => {
    const others = [
      { ...page, isMainFrame: false },
      { isMainFrame: true },
      ...hostileAddresses.map((requestingUrl) => ({ isMainFrame: true, requestingUrl })),
    ]
    expect(others.filter((one) => permitted('clipboard-sanitized-write', one).includes(true))).toEqual([])
  })

  it('for devices are denied too', () => expect(handlers['device permission']?.()).toBe(false))
})

/** A page's contents as they are announced to the application. */
function contents() {
  const made = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: vi.fn<(handler: (details: { url: string }) => unknown) => void>(),
  })
  app.emit('web-contents-created', {}, made)
  return made
}

describe('the page', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stays where it is on %s (13)', (name) => {
    const page = contents()
    const left = hostileAddresses.filter((url) => {
      const event = preventable({ url })
      page.emit(name, event)
      return !event.prevented
    })
    expect(left).toEqual([])
    const own = preventable({ url: 'app://lab/index.html#/runs/1' })
    page.emit(name, own)
    expect(own.prevented).toBe(false)
  })

  it('gets no webview (12)', () => {
    const event = preventable()
    contents().emit('will-attach-webview', event)
    expect(event.prevented).toBe(true)
  })

  it('opens no window (14)', () => {
    const [[handler] = []] = contents().setWindowOpenHandler.mock.calls
    for (const url of [...hostileAddresses, 'app://lab/']) expect(handler?.({ url })).toEqual({ action: 'deny' })
  })

  it('saves its own blobs and nothing else', async () => {
    const { electron } = await import('./fake-electron.ts')
    const downloaded = ['blob:app://lab/1', 'https://evil.test/x.exe', 'file:///etc/passwd'].filter((url) => {
      const event = preventable()
      electron.session.defaultSession.emit('will-download', event, { getURL: () => url })
      return !event.prevented
    })
    expect(downloaded).toEqual(['blob:app://lab/1'])
  })
})

describe('links to the web (15)', () => {
  const open = async (url: string, answer: number) => {
    const [before, asked] = [called('open external').length, called('ask').length]
    answers.push(answer)
    contents().setWindowOpenHandler.mock.calls[0]?.[0]({ url })
    await new Promise((resolve) => setImmediate(resolve))
    answers.length = 0
    return { opened: called('open external').slice(before), asked: called('ask').slice(asked) }
  }

  it('are opened by the system after a question that shows the whole address', async () => {
    const { opened, asked } = await open('https://example.org/paper?a=1', 0)
    expect(opened).toEqual([['https://example.org/paper?a=1']])
    expect(asked).toMatchObject([[{ detail: 'https://example.org/paper?a=1', defaultId: 1, cancelId: 1 }, true]])
  })

  it('are not opened when the answer is no', async () => {
    expect((await open('https://example.org/', 1)).opened).toEqual([])
  })

  it('that are not https do not even ask', async () => {
    const others = ['http://example.org/', 'file:///etc/passwd', 'smb://host/x', 'ms-settings:', 'javascript:1', 'x']
    for (const url of others) expect(await open(url, 0)).toEqual({ opened: [], asked: [] })
  })

  it('have one place in the sources that opens them', () => {
    const sources = globSync('{electron,renderer,shared}/**/*.{ts,tsx}')
    const opening = sources.filter((file) => readFileSync(file, 'utf8').includes('openExternal'))
    expect(opening).toEqual([join('electron', 'main', 'harden.ts')])
  })
})

describe('a message from a page (17)', () => {
  const send = (senderFrame: unknown) => {
    const port = { close: vi.fn<() => void>() }
    const before = FakeUtility.all[0]?.posted.length ?? 0
    ipcMain.emit('assay:port', { senderFrame, ports: [port] })
    return { given: FakeUtility.all[0]?.posted.slice(before), closed: port.close.mock.calls.length, port }
  }

  it('gets a port to the lab when it is from the page itself', () => {
    const { given, closed, port } = send({ url: 'app://lab/#/bench', parent: null })
    expect(given).toEqual([['assay:port', [port]]])
    expect(closed).toBe(0)
  })

  it.each([
    ['another host', { url: 'app://other/', parent: null }],
    ['the web', { url: 'https://evil.test/', parent: null }],
    ['a frame in the page', { url: 'app://lab/', parent: {} }],
    ['a frame that is gone', null],
  ])('gets nothing when it is from %s', (_from, frame) => {
    expect(send(frame)).toMatchObject({ given: [], closed: 1 })
  })

  it('without a port does nothing', () => {
    expect(() => ipcMain.emit('assay:port', { senderFrame: null, ports: [] })).not.toThrow()
  })

  it('has one channel only', () => expect(ipcMain.eventNames()).toEqual(['assay:port']))
})

describe('the page’s scheme (7, 18)', () => {
  // A Request of Node's knows no app: addresses; what the handler reads of it is its url.
  const ask = (url: string) => handlers['protocol app']?.(...([{ url }] as never[])) as Promise<Response>

  it('answers under a policy that runs nothing but the page’s own scripts', async () => {
    const response = await ask('app://lab/')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe-|\*|https?:/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    'app://other/',
    'app://lab.evil.test/index.html',
    'app://lab/../../package.json',
    'app://lab/..%2f..%2fpackage.json',
    'app://lab/%2e%2e/%2e%2e/package.json',
    'app://lab/..%5c..%5cpackage.json',
    'app://lab/assets/',
    'app://lab/index.html%00.png',
    'app://lab/%ff',
    'app://lab//etc/passwd',
  ])('hands out nothing for %s, and that under the policy too', async (url) => {
    const response = await ask(url)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('not found')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
