import type { MenuItemConstructorOptions } from 'electron'

/** Places of the rail in order, with the key that opens each. */
const places = ['Bench', 'Variants', 'Suites', 'Runs', 'Compare', 'Traces', 'Refusals', 'Settings'] as const

export interface MenuActions {
  /** Sends a command to the page: `go:compare`, `palette`, `keys`, `import`. */
  readonly command: (name: string) => void
  readonly openLog: () => void
}

/** The application menu by each platform's conventions: an application menu on macOS, settings and quit under File elsewhere. */
export function appMenu(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.command('go:settings'),
  }
  const application: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New run…', accelerator: 'CmdOrCtrl+N', click: () => actions.command('go:new-run') },
      { label: 'Import suite…', accelerator: 'CmdOrCtrl+O', click: () => actions.command('import') },
      { type: 'separator' },
      ...(mac ? [{ role: 'close' as const }] : [settings, { type: 'separator' as const }, { role: 'quit' as const }]),
    ],
  }
  const go: MenuItemConstructorOptions = {
    label: 'Go',
    submenu: [
      { label: 'Command palette…', accelerator: 'CmdOrCtrl+K', click: () => actions.command('palette') },
      { type: 'separator' },
      ...places.slice(0, 7).map((label, index) => ({
        label,
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => actions.command(`go:${label.toLowerCase()}`),
      })),
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      { label: 'Keyboard shortcuts', click: () => actions.command('keys') },
      { label: 'Show log file', click: actions.openLog },
      ...(mac ? [] : [{ role: 'about' as const }]),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ],
  }
  return [...(mac ? [application] : []), file, { role: 'editMenu' }, view, go, { role: 'windowMenu' }, help]
}
