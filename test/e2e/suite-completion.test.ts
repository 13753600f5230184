import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { axeFindings } from './axe.ts'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

describe.skipIf(!hasChromium)('what the editor offers', () => {
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
  beforeEach(async () => {
    await source().fill('name: mine\nprompts:\n  - id: a\n    text: What is 6 × 7?\n    ')
    await page.keyboard.press('Control+End')
  })

  const source = () => page.getByRole('textbox', { name: /^Source of/ })
  const lastLine = () => source().locator('.cm-line').last()
  const written = () =>
    lastLine().evaluate((line) =>
      [...line.childNodes]
        .map((node) => (node instanceof Element && node.matches('.cm-said') ? '' : node.textContent))
        .join(''),
    )
  const offered = () => page.getByRole('listbox', { name: 'Completions' })
  /** The editor takes no key for the list before somebody could have seen it. */
  const take = async (key: 'Enter' | 'Tab') => {
    await page.waitForTimeout(150)
    await page.keyboard.press(key)
  }
  const options = () => offered().locator('li > .cm-completionLabel').allTextContents()

  it('is keys of the place that are not there yet, and then the words behind the one that was taken', async () => {
    await page.keyboard.press('Control+Space')
    await expect.poll(options).toContain('grader')
    expect(await options()).not.toContain('text')
    await page.keyboard.type('gr')
    await expect.poll(async () => (await options())[0]).toBe('grader')
    const about = page.locator('.cm-completionInfo')
    await expect.poll(() => about.textContent()).toContain('What decides whether the answer is right')
    await take('Enter')
    await expect.poll(options).toEqual(expect.arrayContaining(['number', 'regex']))
    await page.keyboard.type('num')
    await expect.poll(options).toEqual(['number'])
    await take('Tab')
    await expect.poll(written).toBe('    grader: number')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(written).not.toContain('number')
  })

  it('of a kind that needs more than its name is the whole of it, with the fields of that kind inside', async () => {
    await page.keyboard.type('grader: ')
    await expect.poll(options).toContain('regex')
    await page.keyboard.type('reg')
    await expect.poll(options).toEqual(['regex'])
    await take('Enter')
    await expect.poll(written).toBe('    grader: {kind: regex, pattern: }')
    await page.keyboard.type("'^4', ")
    await page.keyboard.press('Control+Space')
    await expect.poll(options).toEqual(['flags', 'negate'])
    await page.keyboard.press('Escape')
    await expect.poll(() => offered().count()).toBe(0)
  })

  it('is nothing in a text or a comment, however much of a key it holds', async () => {
    await page.keyboard.type('system: gra # gra')
    await page.keyboard.press('Control+Space')
    await page.keyboard.press('Home')
    await page.keyboard.press('Control+Space')
    // Had the comment offered something, it would stand there now.
    await expect.poll(options).toContain('system')
    await page.keyboard.press('Escape')
    expect(await written()).toBe('    system: gra # gra')
  })

  it('says on hover what a key means', async () => {
    await source().fill('name: mine\ndefaults: {lang: en}\nprompts: []\n')
    await source().locator('.cm-line span', { hasText: 'defaults' }).first().hover()
    await expect
      .poll(() => page.locator('.cm-about').allTextContents())
      .toEqual([expect.stringContaining('For every prompt that does not say otherwise')])
  })

  it('reads as well to a screen reader, and keeps to the policy of the page', async () => {
    await page.keyboard.press('Control+Space')
    await offered().waitFor()
    await expect.poll(() => source().getAttribute('aria-activedescendant')).not.toBeNull()
    const found = await axeFindings(page)
    expect(found.map(({ id }) => id)).toEqual([])
    expect(await page.locator('style').count()).toBe(0)
    await page.keyboard.press('Escape')
  })

  it('is the same in JSON, in its quotes', async () => {
    const saved = await app.lab.client['suites.save']({
      text: '{"name": "j", "prompts": [{"text": "What?", "expected": 1}]}',
      format: 'json',
    })
    await page.goto(`${app.server().origin}/#/suites/${saved.hash}/edit`)
    await expect.poll(written).toContain('"name": "j"')
    await source().fill('{"name": "j", "prompts": [{"text": "What?", ')
    await page.keyboard.press('Control+End')
    await page.keyboard.type('"ta')
    await expect.poll(options).toEqual(['tags'])
    await take('Enter')
    await expect.poll(written).toBe('{"name": "j", "prompts": [{"text": "What?", "tags": ')
    await page.keyboard.type('{"distance": "n')
    await expect.poll(options).toEqual(['near'])
    await take('Enter')
    await expect.poll(written).toMatch(/"distance": "near"$/)
  })

  it('leaves no fault', () => expect(app.faults).toEqual([]))
})
