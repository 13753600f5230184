import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app, dialog, ipcMain, Menu, shell, type BrowserWindow, type WebFrameMain } from 'electron'
import { portChannel } from '#shared/contract/channel.ts'
import { makeClient } from '#shared/contract/client.ts'
import { contract, type LabClient } from '#shared/contract/contract.ts'
import { appMenu } from './app-menu.ts'
import { denyPermissions, guardDownloads, harden } from './harden.ts'
import { startLab, type LabExit, type LabLink } from './lab-link.ts'
import { openLog } from './open-log.ts'
import { openWindow } from './open-window.ts'
import { isPageUrl } from './page-address.ts'
import { askBeforeQuit, closeLabFirst } from './quit.ts'
import { guardRuns } from './run-guard.ts'
import { registerPageScheme, servePage } from './serve-page.ts'

const devUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)

registerPageScheme()
app.enableSandbox()
// Not awaited: Electron becomes ready only after this module has been evaluated.
if (app.requestSingleInstanceLock()) run().catch(fail)
else app.quit()

async function run(): Promise<void> {
  let window: BrowserWindow | null = null
  let client: LabClient | null = null
  harden(devUrl, () => window)
  await app.whenReady()
  denyPermissions(devUrl)
  guardDownloads()
  servePage()

  const logPath = join(app.getPath('logs'), 'assay.log')
  const showLog = () => shell.showItemInFolder(logPath)
  const command = (name: string) => window?.webContents.send('assay:command', name)
  const lab = startLab({
    log: openLog(logPath),
    env: labEnvironment(),
    onStart() {
      client = makeClient(contract, portChannel(lab.open()))
      command('lab:started')
    },
    onExit(exit) {
      client = null
      command(exit.final ? 'lab:down' : 'lab:restarting')
      if (exit.final) void tellLabIsDown(exit, showLog)
    },
  })
  const guard = guardRuns(
    () => client,
    () => window,
  )
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(process.platform, { command, openLog: showLog })))
  givePorts(lab)
  const quit = askBeforeQuit(guard)
  closeLabFirst(lab, guard)

  const open = () => {
    window = openWindow(devUrl)
    // Where closing the last window ends the application, it asks what quitting asks.
    if (process.platform !== 'darwin') window.on('close', quit.holdWindow)
    window.on('closed', () => {
      window = null
    })
  }
  const show = () => {
    if (window === null) return open()
    if (window.isMinimized()) window.restore()
    window.focus()
  }
  open()
  app.on('activate', show)
  app.on('second-instance', show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

/** Only the page itself, in the top frame, gets a port to the lab. */
function givePorts(lab: LabLink): void {
  ipcMain.on('assay:port', (event) => {
    const [port] = event.ports
    if (port === undefined) return
    if (isTrusted(event.senderFrame)) lab.connect(port)
    else port.close()
  })
}

function isTrusted(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isPageUrl(frame.url, devUrl)
}

/** `--home DIR` names the data folder, as it does for the other two hosts. Chromium's own switches are left alone. */
function labEnvironment(): NodeJS.ProcessEnv {
  const { values } = parseArgs({ options: { home: { type: 'string' } }, strict: false })
  return typeof values.home === 'string' ? { ...process.env, ASSAY_HOME: values.home } : { ...process.env }
}

async function tellLabIsDown({ code, failure }: LabExit, showLog: () => void): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: failure?.message ?? 'The lab has stopped several times in a row and is left down.',
    detail: failure?.hint ?? `What is stored is intact. Its last exit code was ${code}; the log file says more.`,
    buttons: ['Show log file', 'Close'],
    defaultId: 1,
    cancelId: 1,
  })
  if (response === 0) showLog()
}

function fail(error: unknown): void {
  dialog.showErrorBox('Assay could not start', error instanceof Error ? (error.stack ?? error.message) : String(error))
  app.exit(1)
}
