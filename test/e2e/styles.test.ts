import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

describe.skipIf(!hasChromium)('the styles of the page', () => {
  let browser: Browser
  let app: BrowserLab

  beforeAll(async () => {
    browser = await launchChromium()
    app = await openBrowserLab(browser)
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  it('move nothing by a name that no keyframes have: modules give their names to themselves', async () => {
    const page = await app.open()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const { used, known } = await page.evaluate(() => {
      const used: string[] = []
      const known: string[] = []
      const read = (rules: CSSRuleList): void => {
        for (const rule of rules) {
          if (rule instanceof CSSKeyframesRule) known.push(rule.name)
          else if ('cssRules' in rule) read(rule.cssRules as CSSRuleList)
          if (rule instanceof CSSStyleRule) used.push(...rule.style.animationName.split(', '))
        }
      }
      for (const sheet of document.styleSheets) read(sheet.cssRules)
      return { used, known }
    })
    const moving = used.filter((name) => name !== '' && name !== 'none')
    expect(moving).toContain('wait')
    expect(moving.filter((name) => !known.includes(name))).toEqual([])
  })
})
