import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHome } from '#core/store/home.ts'
import { openStore } from '#core/store/open-store.ts'
import { addRun, cellIds, makeRecord } from '../electron/core/store/store-fixtures.ts'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

const cells = 10_000

const paragraph = (step: number, sentences: number): string =>
  Array.from(
    { length: sentences },
    (_, at) => `In step ${step} I look at number ${step * 31 + at} and add it up.`,
  ).join(' ')

/** About 10 000 tokens that take back, go in circles and change their language. */
function longThinking(sentences: number): string {
  const steps = Array.from({ length: 60 }, (_, step) => paragraph(step, sentences))
  steps[3] = `Wait, that is not right. ${steps[3]}`
  steps[5] = 'The sum is the same as before. '.repeat(9)
  steps[8] = '我们现在用中文继续思考这个问题，先把所有的数字加起来，再检查一遍。'
  return steps.join('\n\n')
}

/** Run 1: two texts that are alike, and one that is half as long. Run 2: as many cells as nobody scrolls through. */
function fillStore(home: string): void {
  const store = openStore({ path: openHome(home, {}).storePath })
  const texts = addRun(store, { prompts: 1, variants: ['F16', 'Q8_0', 'Q2_K'] })
  const [first, second, third] = cellIds(store, texts)
  const answer = paragraph(99, 30)
  for (const cell of [first, second]) store.cells.record(makeRecord(cell!, { thinking: longThinking(16), answer }))
  store.cells.record(makeRecord(third!, { thinking: longThinking(7), answer }))
  addRun(store, { prompts: cells })
  store.close()
}

describe.skipIf(!hasChromium)('long texts and long lists', () => {
  let browser: Browser
  let app: BrowserLab
  let home: string

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'assay-long-'))
    fillStore(home)
    browser = await launchChromium()
    app = await openBrowserLab(browser, { home })
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
    rmSync(home, { recursive: true, force: true })
  })

  const scroller = (page: Page, name: string) => page.getByRole('region', { name: `Text of ${name}` })
  /** What stands at the top of a pane: its step, and how far into it. */
  const topOf = (page: Page, name: string) =>
    scroller(page, name).evaluate((element) => {
      const top = element.getBoundingClientRect().top
      const anchors = [...element.querySelectorAll<HTMLElement>('[data-anchor]')]
      const at = anchors.findLast((anchor) => anchor.getBoundingClientRect().top <= top + 1)
      const box = at?.getBoundingClientRect()
      return { step: at?.dataset['anchor'], share: box === undefined ? 0 : (top - box.top) / box.height }
    })

  it('scroll together by the same step, at every place and by wheel', async () => {
    const page = await app.open('#/traces/1?prompt=0&v=0,1', { height: 700 })
    const [leader, follower] = [scroller(page, 'F16'), scroller(page, 'Q8_0')]
    await leader.getByText('In step 0').first().waitFor()
    await leader.hover()
    for (let turn = 0; turn < 12; turn += 1) {
      await page.mouse.wheel(0, turn < 6 ? 90 : 900)
      const top = () => leader.evaluate((element) => element.scrollTop)
      const same = async () => Math.abs((await follower.evaluate((element) => element.scrollTop)) - (await top()))
      await expect.poll(top).toBeGreaterThan(turn * 60)
      await expect.poll(same).toBeLessThanOrEqual(1)
    }
    await page.context().close()
  })

  it('scroll together where one is half as long: the same share of the same step', async () => {
    const page = await app.open('#/traces/1?prompt=0&v=0,2', { height: 700 })
    await scroller(page, 'F16').getByText('In step 0').first().waitFor()
    await scroller(page, 'F16').hover()
    for (let turn = 0; turn < 6; turn += 1) {
      await page.mouse.wheel(0, 1100)
      await expect
        .poll(async () => {
          const [from, to] = [await topOf(page, 'F16'), await topOf(page, 'Q2_K')]
          return from.step === to.step && Math.abs(from.share - to.share) < 0.1
        })
        .toBe(true)
    }
    await page.context().close()
  })

  it('say at their step where a text takes back, goes in circles and changes its language', async () => {
    const page = await app.open('#/traces/1?prompt=0&v=0')
    await scroller(page, 'F16').getByText('In step 0').first().waitFor()
    for (const words of ['self-correction', /^loop × \d/, 'Latin to Han']) {
      await scroller(page, 'F16').getByText(words).first().waitFor()
    }
    for (const step of ['4', '6', '9', '4']) {
      await page.keyboard.press('m')
      await expect.poll(async () => (await topOf(page, 'F16')).step).toBe(step)
    }
    await page.context().close()
  })

  it('are copied whole, those rows too that nobody has scrolled to, and without the columns put away', async () => {
    const page = await app.open('#/traces/2?list=1')
    const list = page.getByRole('grid', { name: 'Cells' })
    await list.getByRole('row').nth(3).waitFor()
    await page.getByRole('button', { name: 'Columns of Cells' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Grade' }).click()
    await page.getByRole('menuitem', { name: 'Copy all 10,000 rows' }).click()
    await page.getByText('10,000 rows copied').waitFor()
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
    expect(lines[0]).toBe('Prompt\tVariant\tThinking')
    expect(new Set(lines).size).toBe(cells + 1)
    await page.reload()
    await list.getByRole('row').nth(3).waitFor()
    expect(await list.getByRole('columnheader', { name: 'Grade' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Columns of Cells' }).click()
    await page.getByRole('menuitem', { name: 'Reset' }).click()
    await list.getByRole('columnheader', { name: 'Grade' }).waitFor()
    await page.context().close()
  })

  it('are the runs on the Bench too', async () => {
    const page = await app.open('#/bench', { width: 1000, height: 700 })
    const list = page.getByRole('grid', { name: 'Recent runs' })
    await list.getByRole('row').nth(2).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toMatch(/#\/runs\/2/)
    await page.context().close()
  })

  it('are gone through by j and Enter with nothing focused, and by nothing while somebody types', async () => {
    const page = await app.open('#/runs')
    const list = page.getByRole('grid', { name: 'Runs' })
    await list.getByRole('row').nth(2).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await expect.poll(() => list.locator('[aria-selected=true]').textContent()).toMatch(/^1/)
    await page.getByRole('searchbox', { name: 'Search runs' }).fill('j')
    await page.keyboard.press('j')
    await expect.poll(() => page.getByRole('searchbox', { name: 'Search runs' }).inputValue()).toBe('jj')
    await page.getByRole('searchbox', { name: 'Search runs' }).fill('')
    await list.getByRole('columnheader', { name: 'Name' }).click()
    const sorting = (name: string) => list.getByRole('columnheader', { name }).getAttribute('aria-sort')
    await expect.poll(() => sorting('Name')).toBe('ascending')
    await expect.poll(() => sorting('State')).toBe('none')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/runs\/\d/)
    await page.context().close()
  })

  it('cut no column short while another has room to spare', async () => {
    const long = 'a name that takes more than its share of this list'
    await app.lab.client['runs.rename']({ run: 1, name: long })
    const page = await app.open('#/bench')
    const cell = page.getByRole('grid', { name: 'Recent runs' }).getByRole('gridcell').filter({ hasText: long })
    await cell.waitFor()
    await expect.poll(() => cell.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
    await page.context().close()
  })

  it('leave no fault', () => expect(app.faults).toEqual([]))
})
