import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { variantsOf } from '#shared/domain/families.ts'
import { seriousFindings } from './axe.ts'
import { hostileSuite, openBrowserLab, runOnSpecimen, sumSuite, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'
import { lostControls } from './lost-controls.ts'

describe.skipIf(!hasChromium)('every screen, filled by a real run', () => {
  let browser: Browser
  let app: BrowserLab
  let run = 0
  let probes = 0

  beforeAll(async () => {
    browser = await launchChromium()
    app = await openBrowserLab(browser)
    const { client } = app.lab
    await client['suites.save']({ text: hostileSuite, format: 'json', file: 'hostile.json' })
    await client['suites.save']({ text: sumSuite(12), format: 'json', file: 'sums.json' })
    run = await runOnSpecimen(app.lab, 'sums', ['F16', 'Q2_K'], { alternatives: 3 })
    probes = await runOnSpecimen(app.lab, 'specimen-probes', ['F16'], { limit: 24 })
    await runOnSpecimen(app.lab, 'hostile', ['F16', 'Q8_0'])
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  const addresses = (): readonly string[] => [
    '#/bench',
    '#/variants',
    '#/variants/catalogue',
    '#/suites',
    '#/suites/new',
    '#/runs',
    '#/runs/new',
    `#/runs/${run}`,
    `#/compare/${run}`,
    `#/compare/${run}/prompt/2`,
    `#/traces/${run}`,
    `#/traces/${run}?q=sum`,
    `#/refusals/${probes}/log`,
    `#/refusals/${probes}/map`,
    `#/refusals/${probes}/pairs`,
    `#/refusals/${probes}/review`,
    `#/refusals/${probes}/method`,
    '#/settings',
    `#/runs/${run + 2}`,
    `#/compare/${run + 2}`,
    `#/traces/${run + 2}`,
    '#/runs/999',
  ]

  it.each(['light', 'dark'] as const)('has no serious accessibility finding in %s', async (scheme) => {
    const page = await app.open('#/bench', { scheme })
    const found: string[] = []
    for (const address of addresses()) {
      await goTo(page, address)
      found.push(...(await seriousFindings(page)).map((finding) => `${address} ${finding}`))
    }
    expect(found).toEqual([])
  })

  it.each(['light', 'dark'] as const)('has none in what opens over a screen in %s', async (scheme) => {
    const page = await app.open('#/bench', { scheme })
    const found: string[] = []
    const look = async (name: string) => {
      await page.waitForTimeout(300)
      found.push(...(await seriousFindings(page)).map((finding) => `${name} ${finding}`))
    }
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find a command' }).waitFor()
    await look('palette')
    await page.keyboard.press('Escape')
    for (const [width, height] of [
      [1440, 900],
      [1000, 700],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.keyboard.press('Shift+?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
      await look(`keys at ${width}`)
      await page.keyboard.press('Escape')
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await goTo(page, `#/runs/${run}`)
    await page.getByRole('button', { name: 'More for this run' }).click()
    await page.getByRole('menu').waitFor()
    await look('menu')
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').waitFor()
    await look('confirm dialog')
    await page.keyboard.press('Escape')
    const variant = variantsOf(await app.lab.client['variants.list']({}))[0]?.id ?? ''
    const inspect = encodeURIComponent(variant)
    for (const panel of [
      `#/variants?inspect=${inspect}`,
      `#/variants?inspect=${inspect}&tab=tensors`,
      `#/variants?inspect=${inspect}&make=yes`,
      '#/suites/sums?row=1',
      `#/traces/${run}?side=cell`,
      `#/runs/${run}/details`,
      '#/suites/import',
      '#/nowhere',
    ]) {
      await goTo(page, panel)
      await look(panel)
    }
    expect(found).toEqual([])
  })

  it.each([
    ['narrow', 1000, 700],
    ['at 200 % zoom', 720, 450],
  ])('shows every screen %s without scrolling sideways', async (_name, width, height) => {
    const page = await app.open('#/bench', { width, height })
    const wide: string[] = []
    for (const address of addresses()) {
      await goTo(page, address)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (overflow > 1) wide.push(`${address}: ${overflow} px too wide`)
    }
    expect(wide).toEqual([])
  })

  it.each([
    ['1440', 1440, 900],
    ['1000', 1000, 800],
  ])('has every control of every screen within reach in a window %s pixels wide', async (_name, width, height) => {
    const page = await app.open('#/bench', { width, height })
    const lost: string[] = []
    for (const address of addresses()) {
      await goTo(page, address)
      lost.push(...(await lostControls(page)).map((control) => `${address} ${control}`))
    }
    expect(lost).toEqual([])
  })

  it('reports no console error, no policy violation and no request to another host, whatever models and suites say', () => {
    expect(app.faults).toEqual([])
  })
})

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, address)
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(700)
}
