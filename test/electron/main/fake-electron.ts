import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** A `electron` that remembers what it was told. Only what `electron/main` uses is there: anything else fails the test. */
export class FakeWindow extends EventEmitter {
  static readonly all: FakeWindow[] = []
  readonly options: { readonly webPreferences: Record<string, unknown> } & Record<string, unknown>
  readonly webContents = { send: (...args: unknown[]) => void this.sent.push(args) }
  readonly sent: unknown[][] = []
  readonly did: unknown[][] = []
  url = ''
  focused = false
  minimized = false
  constructor(options: FakeWindow['options']) {
    super()
    this.options = options
    FakeWindow.all.push(this)
  }
  loadURL = (url: string) => {
    this.url = url
    return Promise.resolve()
  }
  show = () => void this.did.push(['show'])
  focus = () => void this.did.push(['focus'])
  restore = () => void this.did.push(['restore'])
  maximize = () => void this.did.push(['maximize'])
  setProgressBar = (share: number) => void this.did.push(['progress', share])
  isFocused = () => this.focused
  isMinimized = () => this.minimized
  isMaximized = () => false
  getNormalBounds = () => ({ x: 10, y: 20, width: 1000, height: 700 })
  /** As Electron: `close` may be prevented, then `closed`. */
  close(): void {
    const event = preventable()
    this.emit('close', event)
    if (!event.prevented) this.emit('closed')
  }
}

export class FakeUtility extends EventEmitter {
  static readonly all: FakeUtility[] = []
  readonly posted: (readonly [message: unknown, ports: readonly MessagePort[]])[] = []
  pid: number | undefined
  static fork(file: string, _args: readonly string[], options: Record<string, unknown>) {
    return new FakeUtility(file, options)
  }
  readonly file: string
  readonly options: Record<string, unknown>
  constructor(file: string, options: Record<string, unknown>) {
    super()
    this.file = file
    this.options = options
    FakeUtility.all.push(this)
  }
  start(): void {
    this.pid = 4_194_999 // beyond what Linux gives: killing it finds nobody
    this.emit('spawn')
  }
  end(code: number): void {
    this.pid = undefined
    this.emit('exit', code)
  }
  postMessage = (message: unknown, ports: readonly MessagePort[] = []) => void this.posted.push([message, ports])
  kill = () => true
}

export class FakeNotification extends EventEmitter {
  static readonly all: FakeNotification[] = []
  static isSupported = () => true
  readonly text: { readonly title: string; readonly body: string }
  constructor(text: FakeNotification['text']) {
    super()
    this.text = text
  }
  show = () => void FakeNotification.all.push(this)
}

export interface PreventableEvent {
  readonly prevented: boolean
  preventDefault(): void
}

export function preventable<T extends object>(extra = {} as T): T & PreventableEvent {
  const event = { ...extra, prevented: false, preventDefault: () => void (event.prevented = true) }
  return event
}

export const calls: (readonly unknown[])[] = []
export const called = (name: string) => calls.filter(([each]) => each === name).map(([, ...args]) => args)
const note =
  (name: string) =>
  (...args: unknown[]) =>
    void calls.push([name, ...args])

/** What the person at the machine answers to the next questions; then the first button. */
export const answers: number[] = []
export const handlers: Record<string, (...args: never[]) => unknown> = {}
const keep = (name: string) => (handler: never) => void (handlers[name] = handler)

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  folder: '',
  enableSandbox: note('enableSandbox'),
  exit: note('exit'),
  requestSingleInstanceLock: (): boolean => true,
  whenReady: () => Promise.resolve(),
  getPath: () => app.folder,
  /** As Electron: asks, closes the windows, asks again. */
  quit(): void {
    const before = preventable()
    app.emit('before-quit', before)
    if (before.prevented) return
    for (const window of FakeWindow.all.splice(0)) window.close()
    const will = preventable()
    app.emit('will-quit', will)
    calls.push(['quit', will.prevented])
  },
})
const session = Object.assign(new EventEmitter(), {
  setPermissionRequestHandler: keep('permission request'),
  setPermissionCheckHandler: keep('permission check'),
  setDevicePermissionHandler: keep('device permission'),
})
export const ipcMain = new EventEmitter()
export const screen = { areas: [{ x: 0, y: 0, width: 1920, height: 1080 }] }

export const electron = {
  app,
  ipcMain,
  BrowserWindow: FakeWindow,
  utilityProcess: FakeUtility,
  MessageChannelMain: MessageChannel,
  Notification: FakeNotification,
  session: { defaultSession: session },
  nativeTheme: { shouldUseDarkColors: true },
  screen: { getAllDisplays: () => screen.areas.map((workArea) => ({ workArea })) },
  protocol: {
    registerSchemesAsPrivileged: note('schemes'),
    handle: (scheme: string, handler: never) => void (handlers[`protocol ${scheme}`] = handler),
  },
  dialog: {
    showErrorBox: note('error box'),
    showMessageBox: (...args: unknown[]) => {
      calls.push(['ask', args.at(-1), args.length === 2])
      return Promise.resolve({ response: answers.shift() ?? 0 })
    },
  },
  shell: {
    openExternal: (url: string) => {
      calls.push(['open external', url])
      return Promise.resolve()
    },
    showItemInFolder: note('show in folder'),
  },
  powerSaveBlocker: {
    start: (kind: string) => calls.push(['no sleep', kind]),
    stop: note('sleep again'),
  },
  Menu: {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: note('menu'),
  },
}
