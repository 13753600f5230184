import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { variantsOf } from '#shared/domain/families.ts'
import { openBrowserLab, runOnSpecimen, sumSuite, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

const goTo = (page: Page, address: string) =>
  page.evaluate((hash) => {
    window.location.hash = hash
  }, address)
const hashOf = (page: Page) => page.evaluate(() => window.location.hash)
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const dialog = (page: Page) => page.getByRole('alertdialog')

async function inPalette(page: Page, text: string) {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill(text)
  return page.getByRole('option')
}

describe.skipIf(!hasChromium)('the shell around every screen', () => {
  let browser: Browser
  let app: BrowserLab
  let run = 0

  beforeAll(async () => {
    browser = await launchChromium()
    app = await openBrowserLab(browser)
    await app.lab.client['suites.save']({ text: sumSuite(40), format: 'json', file: 'sums.json' })
    run = await runOnSpecimen(app.lab, 'sums', ['F16', 'Q2_K'], { alternatives: 3 })
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  it('shows in one page what another one changes', async () => {
    const page = await app.open('#/suites')
    await page.getByRole('link', { name: /sums/ }).first().waitFor()
    await app.lab.client['suites.save']({
      text: sumSuite(3).replace('"sums"', '"from-elsewhere"'),
      format: 'json',
      file: 'else.json',
    })
    await page.getByRole('link', { name: /from-elsewhere/ }).waitFor()
    expect(await page.locator('html[data-theme]').count()).toBe(0)
    await app.lab.client['settings.set']({ theme: 'dark' })
    await page.locator('html[data-theme=dark]').waitFor()
    await app.lab.client['settings.set']({ theme: 'system' })
  })

  it('says what went wrong in as much room as the words take', async () => {
    const page = await app.open('#/compare/999')
    const notice = page.getByRole('alert')
    await notice.getByText('There is no run 999').waitFor()
    expect((await notice.boundingBox())?.height).toBeLessThan(120)
    await page.context().close()
  })

  it('copies the whole address of a view, says so, and opens it again from the palette', async () => {
    const page = await app.open(`#/traces/${run}`)
    await heading(page, 'sum-0').waitFor()
    await page.keyboard.press(']')
    await heading(page, 'sum-1').waitFor()
    await page.getByTitle('Copy the address of this view').click()
    await page.getByRole('status').getByText('The address is copied').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(await hashOf(page))
    expect(copied).toContain('prompt=1')
    await goTo(page, '#/bench')
    await (await inPalette(page, copied)).first().click()
    await heading(page, 'sum-1').waitFor()
  })

  it('says when it could not copy', async () => {
    const page = await app.open('#/bench')
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))
    })
    await page.getByTitle('Copy the address of this view').click()
    const said = page.getByRole('status').getByText('Not copied')
    await expect.poll(() => said.isVisible()).toBe(true)
  })

  it('reaches what a screen can do, and everything there is, from the palette', async () => {
    const page = await app.open(`#/compare/${run}`)
    await heading(page, 'Verdicts').waitFor()
    for (const [typed, found] of [
      ['blind', 'Blind: hide'],
      ['junit', 'JUnit'],
      ['set', 'Settings'],
      ['specimen Q2', 'Q2_K'],
      ['sums', 'sums'],
    ] as const) {
      const options = await inPalette(page, typed)
      await expect.poll(() => options.first().innerText()).toContain(found)
      await page.keyboard.press('Escape')
      await page.getByRole('combobox', { name: 'Find a command' }).waitFor({ state: 'detached' })
    }
    await (await inPalette(page, 'blind')).first().click()
    await page.getByRole('button', { name: 'Reveal', exact: true }).waitFor()

    await goTo(page, `#/runs/${run}`)
    await page.getByRole('link', { name: 'Details' }).waitFor()
    await (await inPalette(page, 'rename')).first().click()
    await page.getByRole('textbox', { name: /name/i }).waitFor()
    await page.keyboard.press('Escape')
    await (await inPalette(page, 'more delete')).first().click()
    await dialog(page).waitFor()
  })

  it('leaves every key to a dialog that is open', async () => {
    const families = await app.lab.client['variants.list']({})
    const made = variantsOf(families).find(({ precision }) => precision.name === 'Q2_K')
    const page = await app.open(`#/variants?inspect=${encodeURIComponent(made?.id ?? '')}`)
    const more = page.getByRole('button', { name: 'More actions' })
    await more.waitFor()
    // What the key does can be seen, too; and it says what is lost.
    await page.getByRole('button', { name: 'Delete specimen Q2_K' }).click()
    await dialog(page).getByText('is removed from the disk').waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await page.keyboard.press('Delete')
    await dialog(page).waitFor()
    const before = await hashOf(page)
    for (const key of ['m', 'p', 'n', 'j', '/', 'Shift+?', 'Control+k', 'g', 'b']) await page.keyboard.press(key)
    await dialog(page).waitFor()
    expect(await hashOf(page)).toBe(before)
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await more.click()
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('n')
    expect(await hashOf(page)).toBe(before)
  })

  it('takes a choice back with Back, and scrolls to where one was', async () => {
    const page = await app.open('#/runs', { height: 500 })
    await goTo(page, `#/compare/${run}`)
    await heading(page, 'Verdicts').waitFor()
    await page.keyboard.press('w')
    await expect.poll(() => hashOf(page)).toContain('quadrant=gained')
    await page.goBack()
    await expect.poll(() => hashOf(page)).toBe(`#/compare/${run}`)
    const view = page.locator('main > div').last()
    await view.evaluate((element) => element.scrollTo(0, 400))
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await goTo(page, '#/settings')
    await heading(page, 'Settings').waitFor()
    await page.goBack()
    await expect.poll(() => view.evaluate((element) => element.scrollTop)).toBe(400)
    await page.goBack()
    await heading(page, 'Runs').waitFor()
  })

  it('takes back with Ctrl Z, and stays small whatever the name', async () => {
    const page = await app.open(`#/runs/${run}`)
    await page.getByRole('link', { name: 'Details' }).waitFor()
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: /name/i }).waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('n'.repeat(200))
    await page.keyboard.press('Enter')
    const undo = page.getByRole('button', { name: 'Undo' })
    await undo.waitFor()
    expect((await undo.locator('..').boundingBox())?.width).toBeLessThan(600)
    await page.keyboard.press('Control+z')
    await undo.waitFor({ state: 'detached' })
    await expect.poll(async () => (await app.lab.client['runs.get']({ run })).name).not.toContain('nnn')
  })

  it('names the window after the view, and says when there is no such view', async () => {
    const page = await app.open(`#/traces/${run}`)
    await heading(page, 'sum-0').waitFor()
    await expect.poll(() => page.title()).toMatch(/^Traces, 1 .*, sum-0 – Assay$/)
    await goTo(page, '#/nowhere')
    await page.getByText('There is no view named “nowhere”.').waitFor()
    await expect.poll(() => page.title()).toBe('No such view – Assay')
  })

  it('takes a dropped file wherever it is dropped', async () => {
    const page = await app.open('#/settings')
    await heading(page, 'Settings').waitFor()
    const drop = (name: string) =>
      page.evaluate((fileName) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['{"prompts": []}'], fileName))
        const event = (type: string) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
        document.body.dispatchEvent(event('dragover'))
        return document.body.dispatchEvent(event('drop'))
      }, name)
    expect(await drop('model.gguf')).toBe(false)
    await page.getByText('add its folder under Settings').waitFor()
    expect(await hashOf(page)).toBe('#/settings')
    expect(await drop('dropped.json')).toBe(false)
    await page.getByRole('article', { name: 'dropped.json' }).waitFor()
    expect(await hashOf(page)).toBe('#/suites/import')
  })

  it('keeps everything in the status bar within reach at 200 % zoom', async () => {
    const page = await app.open('#/bench', { width: 720, height: 450 })
    const bar = page.getByRole('contentinfo')
    await bar.getByText('memory').waitFor()
    for (const name of [/leaves this machine/, /keys/]) {
      const box = await bar.getByText(name).first().boundingBox()
      expect(box).not.toBeNull()
      expect((box?.x ?? 0) + (box?.width ?? 9999)).toBeLessThanOrEqual(720)
      expect((box?.y ?? 0) + (box?.height ?? 9999)).toBeLessThanOrEqual(450)
    }
  })

  describe('while the lab is away', () => {
    let page: Page
    beforeEach(async () => {
      page = await app.open('#/bench')
      await heading(page, 'Bench').waitFor()
    })
    const whileAway = async (then: () => Promise<unknown>) => {
      await app.stopServer()
      try {
        await then()
      } finally {
        await app.startServer()
      }
    }

    /** As on a machine with no idle moment: nothing is fetched before it is opened. */
    const withoutPrefetch = async () => {
      await page.addInitScript('window.requestIdleCallback = () => 0')
      // With routes the browser keeps nothing of what it fetched before.
      await page.route('**/*', (route) => route.continue())
      await page.reload()
      await heading(page, 'Bench').waitFor()
    }

    it('opens screens that were not opened before', async () => {
      await page.waitForFunction(() =>
        performance.getEntriesByType('resource').some(({ name }) => /settings-screen.*js$/.test(name)),
      )
      await page.waitForLoadState('networkidle')
      await whileAway(async () => {
        await goTo(page, '#/settings')
        await heading(page, 'Settings').waitFor()
        expect(await page.getByText('the lab is away').count()).toBe(0)
      })
    })

    it('says that a screen cannot be fetched, and opens it once the lab is there again', async () => {
      await withoutPrefetch()
      await whileAway(async () => {
        await goTo(page, '#/suites')
        await page.getByText('the lab is away').waitFor()
      })
      await heading(page, 'Suites')
        .or(page.getByRole('navigation', { name: 'Suites' }))
        .first()
        .waitFor()
      expect(await hashOf(page)).toMatch(/^#\/suites/)
    })

    it('loads the page anew where another build has taken its files away', async () => {
      await withoutPrefetch()
      let isGone = true
      await page.route('**/assets/settings-screen*.js', async (route) => {
        if (isGone) await route.fulfill({ status: 404, contentType: 'text/plain', body: 'There is nothing here.' })
        else await route.continue()
        isGone = false
      })
      await goTo(page, '#/settings')
      await heading(page, 'Settings').waitFor()
      expect(isGone).toBe(false)
    })

    it('says where to go when the address is not valid any more', async () => {
      await whileAway(async () => writeFileSync(join(app.home, 'browser-secret'), `${'n'.repeat(40)}\n`))
      await page.getByText('open the address that it printed last').waitFor()
      await page.goto(app.server().url)
      await page.getByText('nothing running').waitFor()
      expect(await page.getByText('printed last').count()).toBe(0)
    })
  })
})
