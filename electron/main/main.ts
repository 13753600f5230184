import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, shell, type WebFrameMain } from 'electron'
import { portChannel } from '#shared/contract/channel.ts'
import { makeClient } from '#shared/contract/client.ts'
import { contract, type LabClient } from '#shared/contract/contract.ts'
import { appMenu } from './app-menu.ts'
import { denyPermissions, harden } from './harden.ts'
import { startLab } from './lab-link.ts'
import { openWindow } from './open-window.ts'
import { isPageUrl } from './page-address.ts'
import { guardRuns, type RunGuard } from './run-guard.ts'
import { registerPageScheme, servePage } from './serve-page.ts'

const devUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)

registerPageScheme()
app.enableSandbox()

if (app.requestSingleInstanceLock()) await run()
else app.quit()

async function run(): Promise<void> {
  let window: BrowserWindow | null = null
  let client: LabClient | null = null
  harden(devUrl, () => window)
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  await app.whenReady()
  denyPermissions()
  servePage()

  const logPath = join(app.getPath('logs'), 'assay.log')
  const command = (name: string) => window?.webContents.send('assay:command', name)
  const lab = startLab({
    logPath,
    onStart() {
      client = makeClient(contract, portChannel(lab.open()))
      command('lab:started')
    },
    onCrash({ final }) {
      client = null
      command(final ? 'lab:down' : 'lab:restarting')
    },
  })
  const guard = guardRuns(
    () => client,
    () => window,
  )
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(appMenu(process.platform, { command, openLog: () => shell.showItemInFolder(logPath) })),
  )
  ipcMain.on('assay:port', (event) => {
    const [port] = event.ports
    if (port === undefined) return
    if (isTrusted(event.senderFrame)) lab.connect(port)
    else port.close()
  })

  const open = () => {
    window = openWindow(devUrl)
    window.on('closed', () => {
      window = null
    })
  }
  open()
  app.on('activate', () => {
    if (window === null) open()
  })
  app.on('window-all-closed', () => app.quit())

  askBeforeQuit(guard)
  app.on('will-quit', () => {
    guard.stop()
    lab.close()
  })
}

function askBeforeQuit(guard: RunGuard): void {
  let agreed = false
  app.on('before-quit', (event) => {
    if (agreed) return
    event.preventDefault()
    void guard.mayQuit().then((may) => {
      agreed = may
      if (may) app.quit()
    })
  })
}

/** Only the page itself, in the top frame, gets a port to the lab. */
function isTrusted(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isPageUrl(frame.url, devUrl)
}
