import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { pageUrl } from './page-address.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

/** The one window, where it was left. Shown when it has something to show. */
export function openWindow(devUrl: string | null): BrowserWindow {
  const statePath = join(app.getPath('userData'), 'window.json')
  const { maximized, ...bounds } = readWindowState(
    statePath,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Assay',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1d20' : '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    writeWindowState(statePath, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  )
  void window.loadURL(devUrl ?? pageUrl)
  return window
}
