import { writeFileSync, readFileSync, truncateSync, existsSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { appMenu } from '../../../electron/main/app-menu.ts'
import { openLog } from '../../../electron/main/open-log.ts'
import { isPageUrl } from '../../../electron/main/page-address.ts'
import { readWindowState, writeWindowState } from '../../../electron/main/window-state.ts'
import { placeNames } from '../../../renderer/actions/actions.ts'
import { places } from '../../../renderer/routing/route.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'

function menu(platform: NodeJS.Platform) {
  const sent: string[] = []
  const template = appMenu(platform, { command: (name) => sent.push(name), openLog: () => sent.push('log') })
  const items = (label: string) =>
    (template.find((entry) => entry.label === label || entry.role === label)?.submenu ??
      []) as MenuItemConstructorOptions[]
  const press = (label: string): string | undefined => {
    const all = template.flatMap(({ submenu }) => (submenu ?? []) as MenuItemConstructorOptions[])
    ;(all.find((item) => item.label === label)?.click as (() => void) | undefined)?.()
    return sent.at(-1)
  }
  const names = (label: string) => items(label).map((item) => item.role ?? item.label ?? item.type)
  return { template, items, names, press }
}

describe('the menu', () => {
  it('has settings and quit under File where there is no application menu', () => {
    for (const platform of ['linux', 'win32'] as const) {
      const { template, names } = menu(platform)
      expect(template[0]?.label).toBe('File')
      expect(names('File')).toEqual(['New run…', 'Import suite…', 'separator', 'Settings…', 'separator', 'quit'])
      expect(names('help')).toContain('about')
    }
  })

  it('has them in the application menu on macOS', () => {
    const { template, names } = menu('darwin')
    expect(template[0]?.role).toBe('appMenu')
    expect(names('appMenu')).toEqual(
      expect.arrayContaining(['about', 'Settings…', 'services', 'hide', 'quit']) as object,
    )
    expect(names('File')).toEqual(['New run…', 'Import suite…', 'separator', 'close'])
    expect(names('help')).not.toContain('about')
  })

  it('goes to every place of the rail by the command that the page knows', () => {
    const { press } = menu('linux')
    for (const place of places) {
      const label = place === 'settings' ? 'Settings…' : placeNames[place]
      expect(press(label)).toBe(`go:${place}`)
    }
    expect([press('New run…'), press('Import suite…'), press('Show log file')]).toEqual(['go:new-run', 'import', 'log'])
  })

  it('gives no key twice', () => {
    const keys = menu('linux').template.flatMap(({ submenu }) =>
      ((submenu ?? []) as MenuItemConstructorOptions[]).flatMap(({ accelerator }) => accelerator ?? []),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('the window as it was left', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const left = { x: 100, y: 50, width: 1200, height: 800, maximized: true }
  const path = () => join(tempFolder(), 'window.json')

  it('is read back', () => {
    const file = path()
    writeWindowState(file, left)
    expect(readWindowState(file, screens)).toEqual(left)
  })

  it.each([
    ['to the right of', { x: 2500, y: 50 }],
    ['above', { x: 100, y: -700 }],
    ['below', { x: 100, y: 1070 }],
  ])('keeps its size but not a place %s the screens there are', (_where, place) => {
    const file = path()
    writeWindowState(file, { ...left, ...place })
    expect(readWindowState(file, screens)).toEqual({ width: 1200, height: 800, maximized: true })
  })

  it.each(['', '{', '[]', '{"width":1e9,"height":800,"maximized":false}', '{"width":"1"}', 'null'])(
    'is the first size when the file holds %s',
    (text) => {
      const file = path()
      writeFileSync(file, text)
      expect(readWindowState(file, screens)).toEqual({ width: 1440, height: 900, maximized: false })
    },
  )
})

describe('the log file', () => {
  it('is appended to, and put aside once it has grown large', async () => {
    const file = join(tempFolder(), 'logs', 'assay.log')
    for (const line of ['one\n', 'two\n']) await once(openLog(file).end(line), 'close')
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n')
    truncateSync(file, 5_000_001)
    await once(openLog(file).end('three\n'), 'close')
    expect(readFileSync(file, 'utf8')).toBe('three\n')
    expect(existsSync(`${file}.1`)).toBe(true)
  })
})

describe('the page’s address in development', () => {
  it('is the development server’s origin and nothing else', () => {
    const dev = 'http://localhost:5173/'
    expect(isPageUrl('http://localhost:5173/#/runs', dev)).toBe(true)
    for (const other of ['http://localhost:5174/', 'http://localhost:5173.evil.test/', 'app://lab/', 'x'])
      expect(isPageUrl(other, dev)).toBe(false)
  })
})
