import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportReport } from '#core/reports/export-report.ts'
import { smallReport, specimenReport } from './sample-report.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

// Skipped where there is no Chromium: only a browser enforces the policy and lays the page out.
describe.skipIf(!existsSync(executablePath))('html report in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-report-'))
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function show(text: string, width: number, colorScheme: 'light' | 'dark' = 'light') {
    const file = join(folder, 'report.html')
    writeFileSync(file, text)
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    const noise: string[] = []
    page.on('console', (message) => noise.push(message.text()))
    page.on('dialog', (dialog) => noise.push(`dialog: ${dialog.message()}`))
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) noise.push(request.url())
    })
    await page.goto(pathToFileURL(file).href)
    return { page, noise }
  }

  const background = (page: Page) =>
    page.evaluate(() => getComputedStyle(document.querySelector('main')!).backgroundColor)

  it('opens from disk with its style, asks for nothing and runs nothing, hostile texts included', async () => {
    const hostile = '</style><script>alert(1)</script><img src="http://127.0.0.1:9/x.png" onerror="alert(2)">'
    const { page, noise } = await show(exportReport('html', smallReport(hostile)).text, 1280)
    await page.evaluate(() => document.querySelectorAll('details').forEach((each) => each.setAttribute('open', '')))
    expect(noise).toEqual([])
    expect(await background(page)).toBe('rgb(255, 255, 255)')
    await page.close()
  })

  it.each([360, 768, 1000, 1100, 1280])('does not scroll sideways at %i pixels', async (width) => {
    const { page } = await show(exportReport('html', specimenReport()).text, width)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.close()
  })

  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('has no accessibility fault that axe finds in %s at %i pixels', async (scheme, width) => {
    const { page } = await show(exportReport('html', specimenReport()).text, width, scheme)
    expect(await background(page)).toBe({ light: 'rgb(255, 255, 255)', dark: 'rgb(26, 29, 32)' }[scheme])
    await page.evaluate(readFileSync(axe, 'utf8'))
    const faults = await page.evaluate(async () => {
      const run = (
        globalThis as unknown as {
          axe: { run(o: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
      ).axe
      const { violations } = await run.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
    expect(faults).toEqual([])
    await page.close()
  })
})
