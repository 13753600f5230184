import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

const good =
  '# all mine\nname: mine\nprompts:\n  - id: one\n    text: What is 1 + 1?\n    grader: { kind: number, expected: 2 }\n'

describe.skipIf(!hasChromium)('the editor of suites', () => {
  let browser: Browser
  let app: BrowserLab
  let page: Page

  beforeAll(async () => {
    browser = await launchChromium()
    app = await openBrowserLab(browser)
    page = await app.open('#/suites/new')
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  const source = () => page.getByRole('textbox', { name: /^Source of/ })
  const text = () =>
    source().evaluate((element) => {
      const copy = element.cloneNode(true) as HTMLElement
      // What is said of a mistake after its line is no text.
      for (const said of copy.querySelectorAll('.cm-said')) said.remove()
      return [...copy.querySelectorAll('.cm-line')].map(({ textContent }) => textContent).join('\n')
    })
  const focused = () => page.evaluate(() => document.activeElement?.className ?? '')

  it('has colours from the theme, though the page allows no style element', async () => {
    await source().fill(good)
    const look = (words: string) =>
      source()
        .locator('.cm-line span', { hasText: words })
        .first()
        .evaluate((element) => {
          const { color, fontWeight, fontStyle } = getComputedStyle(element)
          return { color, fontWeight, fontStyle }
        })
    await expect.poll(() => look('name')).toMatchObject({ fontWeight: '600' })
    expect((await look('all mine')).fontStyle).toBe('italic')
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await look('name')
    await page.emulateMedia({ colorScheme: 'light' })
    expect((await look('name')).color).not.toBe(dark.color)
    expect(await page.locator('style').count()).toBe(0)
  })

  it('underlines a mistake where it is, says what was expected on hover, and F8 goes there', async () => {
    await source().fill(good.replace('number', 'nummer'))
    const wrong = source().locator('.cm-lintRange-error')
    await expect.poll(() => wrong.textContent()).toBe('nummer')
    expect(await page.locator('.cm-gutterElement.cm-bad').textContent()).toBe('6')
    await wrong.hover()
    await page
      .locator('.cm-tooltip')
      .getByText(/Expected one of exact, number/)
      .waitFor()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('F8')
    await page.keyboard.type('x')
    await expect.poll(text).toContain('kind: xnummer')
    await page.keyboard.press('Control+z')
    await expect.poll(() => wrong.textContent()).toBe('nummer')
    await page.getByRole('button', { name: 'Change to number' }).first().click()
    await expect.poll(text).toContain('kind: number')
  })

  it('does not save a text with mistakes: it says so and goes to the first, also when asked before the check', async () => {
    const two = `${good}${good.slice(good.indexOf('  - id')).replace('one', 'two')}`
    await source().fill(two.replaceAll('number', 'nummer'))
    await page.keyboard.press('Control+s')
    const said = page.getByRole('alert').filter({ hasText: 'Not saved.' })
    await expect.poll(() => said.textContent()).toBe('Not saved. These problems come first, from line 6 on.')
    await page.keyboard.type('x')
    await expect.poll(text).toMatch(/kind: xnummer[^]*kind: nummer/)
    await expect.poll(() => said.count()).toBe(0)
    const saved = async () => (await app.lab.client['suites.list']({})).some(({ name }) => name === 'mine')
    expect(await saved()).toBe(false)
    await source().fill(two)
    await page.keyboard.press('Control+s')
    await expect.poll(saved).toBe(true)
    await expect.poll(() => page.url()).not.toMatch(/new$/)
    await page.keyboard.press('Control+s')
    await page.evaluate(() => {
      window.location.hash = '#/suites/new'
    })
    await source().waitFor()
  })

  it('keeps the sum of problems and the last of them in sight, above the status bar', async () => {
    const prompts = Array.from({ length: 30 }, (_, i) => `  - id: p${i}\n    text: What?\n    grader: nummer\n`)
    await source().fill(`prompts:\n${prompts.join('')}`)
    const list = page.getByRole('region', { name: 'Problems' })
    await list.getByText('30 problems').waitFor()
    const last = list.getByRole('listitem').last()
    await last.scrollIntoViewIfNeeded()
    const bottom = async (of: typeof last) => {
      const box = await of.boundingBox()
      return box === null ? Number.NaN : box.y + box.height
    }
    await expect.poll(() => bottom(last)).toBeLessThanOrEqual(await bottom(list))
    const sum = await list.getByText('30 problems').boundingBox()
    expect(sum?.y).toBeGreaterThan((await list.boundingBox())?.y ?? Infinity)
  })

  it('indents with Tab and like the line before, and lets Tab go after Escape', async () => {
    await source().fill('prompts:')
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('- id: a')
    await page.keyboard.press('Enter')
    await page.keyboard.type('text: b')
    await expect.poll(text).toBe('prompts:\n  - id: a\n    text: b')
    await page.keyboard.press('Shift+Tab')
    await expect.poll(text).toBe('prompts:\n  - id: a\n  text: b')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await focused()).not.toContain('cm-content')
  })

  it('searches in the text', async () => {
    await source().fill(good)
    await source().press('Control+f')
    await page.getByRole('textbox', { name: 'Find' }).pressSequentially('one')
    await page.keyboard.press('Enter')
    expect(await source().locator('.cm-searchMatch-selected').textContent()).toBe('one')
    await page.keyboard.press('Escape')
    expect(await focused()).toContain('cm-content')
  })

  it('keeps typing fluid in a text of a megabyte, with few lines in the page', async () => {
    const prompts = Array.from(
      { length: 9000 },
      (_, i) =>
        `  - id: p${i}\n    text: What is ${i} + ${i}, in words and with all steps, please?\n    expected: ${2 * i}\n`,
    )
    const saved = await app.lab.client['suites.save']({
      text: `name: large\nprompts:\n${prompts.join('')}`,
      format: 'yaml',
    })
    await page.goto(`${app.server().origin}/#/suites/${saved.hash}/edit`)
    await source().waitFor()
    expect(await source().locator('.cm-line').count()).toBeLessThan(200)
    const bold = source().locator('.cm-line span', { hasText: /^prompts$/ })
    expect(await bold.evaluate((element) => getComputedStyle(element).fontWeight)).toBe('600')
    await source().focus()
    await page.keyboard.press('Control+End')
    const startedMs = performance.now()
    await page.keyboard.type('# 0123456789 0123456789 0123456789')
    console.log(`35 keys in a megabyte: ${Math.round((performance.now() - startedMs) / 35)} ms a key`)
    await expect.poll(text).toContain('# 0123456789 0123456789 0123456789')
  })

  it('leaves no fault', () => expect(app.faults).toEqual([]))
})
