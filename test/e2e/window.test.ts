import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Looked up by file: asking the `electron` package itself would start a download. */
function installedElectron(): { readonly path: string } | { readonly missing: string } {
  const pathFile = join(root, 'node_modules/electron/path.txt')
  if (!existsSync(pathFile)) return { missing: 'Electron’s binary is not installed (npx install-electron fetches it)' }
  const path = join(root, 'node_modules/electron/dist', readFileSync(pathFile, 'utf8').trim())
  if (!existsSync(path)) return { missing: `Electron’s binary is not at ${path}` }
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  return display ? { path } : { missing: 'there is no display (xvfb-run gives one)' }
}

const electron = installedElectron()
if ('missing' in electron) console.warn(`The test of the real window is skipped: ${electron.missing}.`)

it.skipIf('missing' in electron)(
  'the real window shows the lab, its bridge gives nothing away, links do not lead out',
  async () => {
    if ('missing' in electron) return
    const home = mkdtempSync(join(tmpdir(), 'assay-window-'))
    onTestFinished(() => rmSync(home, { recursive: true, force: true }))
    const app = await _electron.launch({ executablePath: electron.path, args: [root, '--home', home, '--no-sandbox'] })
    onTestFinished(() => app.close())
    const page = await app.firstWindow()
    await page.getByRole('heading', { name: 'Bench', level: 1 }).waitFor()
    expect(new URL(page.url()).protocol).toBe('app:')

    // The lab answers over its port, and runs a model in a worker that the main process started.
    await page.getByRole('button', { name: /Compare \d+ precisions/ }).click()
    await page.waitForFunction(() => /#\/runs\/\d+/.test(window.location.hash), undefined, { timeout: 120_000 })
    await page.getByRole('progressbar').first().waitFor()

    const reach = await page.evaluate(() => [
      typeof globalThis.process,
      'require' in globalThis,
      Object.keys(Reflect.get(window, 'assayHost') as object),
    ])
    expect(reach).toEqual(['undefined', false, ['kind']])
    await page.evaluate(() => {
      window.location.href = 'https://example.org/'
    })
    await page.waitForTimeout(300)
    expect(new URL(page.url()).protocol).toBe('app:')
  },
)
