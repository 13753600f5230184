import type { MenuItemConstructorOptions } from 'electron'

/** Places of the rail in order, with the key that opens each. */
const places = ['Bench', 'Variants', 'Suites', 'Runs', 'Compare', 'Traces', 'Refusals'] as const

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
  const ending: MenuItemConstructorOptions[] = mac ? [{ role: 'close' }] : [settings, separator, { role: 'quit' }]
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New run…', accelerator: 'CmdOrCtrl+N', click: () => actions.command('go:new-run') },
      { label: 'Import suite…', accelerator: 'CmdOrCtrl+O', click: () => actions.command('import') },
      separator,
      ...ending,
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
  const first = mac ? [macApplicationMenu(settings)] : []
  return [...first, file, { role: 'editMenu' }, viewMenu, goMenu(actions), { role: 'windowMenu' }, help]
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

const macApplicationMenu = (settings: MenuItemConstructorOptions): MenuItemConstructorOptions => ({
  role: 'appMenu',
  submenu: [
    { role: 'about' },
    separator,
    settings,
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'quit' },
  ],
})

const viewMenu: MenuItemConstructorOptions = {
  label: 'View',
  submenu: [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
    { role: 'toggleDevTools' },
  ],
}

const goMenu = ({ command }: MenuActions): MenuItemConstructorOptions => ({
  label: 'Go',
  submenu: [
    { label: 'Command palette…', accelerator: 'CmdOrCtrl+K', click: () => command('palette') },
    separator,
    ...places.map((label, index) => ({
      label,
      accelerator: `CmdOrCtrl+${index + 1}`,
      click: () => command(`go:${label.toLowerCase()}`),
    })),
  ],
})
