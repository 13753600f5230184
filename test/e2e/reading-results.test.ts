import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import { openBrowserLab, runOnSpecimen, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

async function downloaded(
  page: Page,
  press: () => Promise<void>,
): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

// What people do with a lab that is set up: run, compare, read, search, find a refusal, write a suite, take results along.
describe.skipIf(!hasChromium)('somebody at work', () => {
  let browser: Browser
  let app: BrowserLab
  let page: Page
  let probes = 0

  beforeAll(async () => {
    browser = await launchChromium()
    app = await openBrowserLab(browser)
    for await (const step of app.lab.client['specimen.prepare']({ precisions: ['F16', 'Q2_K'] })) void step
    probes = await runOnSpecimen(app.lab, 'specimen-probes', ['F16'], { limit: 24 })
    page = await app.open('#/runs/new')
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  it('sets up a run in the page, sees what it will cost, and watches it to its end', async () => {
    await expect.poll(() => page.getByRole('checkbox', { name: /^specimen-quick/ }).isChecked()).toBe(true)
    await page.getByLabel('Prompts of each suite').fill('30')
    const variants = page.getByRole('region', { name: 'Variants' })
    await variants.getByRole('checkbox', { name: /specimen F16$/ }).check()
    await variants.getByRole('checkbox', { name: /specimen Q2_K$/ }).check()
    await page.getByLabel('Token budget of a cell').fill('160')
    await page.getByRole('button', { name: 'Start 60 cells' }).click()
    await page.waitForURL(/#\/runs\/2/)
    await expect.poll(async () => (await app.lab.client['runs.get']({ run: 2 })).state).toBe('done')
    await page.getByText('of 60 cells').waitFor()
    expect((await app.lab.client['runs.get']({ run: 2 })).spec).toMatchObject({ maxTokens: 160, limit: 30 })
  })

  it('compares, and gets from a count to the lost prompt with both answers side by side', async () => {
    await page.getByRole('link', { name: 'Compare', exact: true }).last().click()
    await page.waitForURL(/#\/compare\/2/)
    const { variants } = await app.lab.client['compare.get']({ run: 2 })
    const candidate = variants.find(({ quadrants }) => quadrants !== null && quadrants.lost > 0)
    expect(candidate, 'the coarse precision loses some prompts').toBeDefined()
    await page.getByRole('button', { name: `${candidate?.quadrants?.lost} lost` }).click()
    const rows = page.getByRole('region', { name: 'Prompts of the chosen quadrant' })
    await rows.getByRole('row').nth(1).waitFor()
    await rows.getByRole('link', { name: /Open side by side/ }).click()
    await page.waitForURL(/#\/compare\/2\/prompt\/\d+/)
    for (const variant of ['F16', 'Q2_K']) {
      await page.getByRole('main').getByText(variant).first().waitFor()
    }
  })

  it('searches in all thinking, sees how many traces hold it, and jumps to the words', async () => {
    await page.goto(`${app.server().origin}/#/traces/2`)
    const { rows: cells } = await app.lab.client['cells.page']({ run: 2, limit: 1 })
    const { raw, split } = await app.lab.client['cells.trace']({ cell: cells[0]?.id ?? 0 })
    const word = /\b[A-Za-z]{4,}\b/.exec(raw.slice(split.thinking.start, split.thinking.end))?.[0] ?? ''
    await page.getByRole('searchbox', { name: 'Search all traces' }).fill(word)
    const hits = page.getByRole('grid', { name: 'Hits' })
    const rows = hits.getByRole('row').filter({ hasText: word })
    await rows.nth(2).waitFor()
    const { total } = await app.lab.client['traces.search']({ run: 2, query: word, limit: 1 })
    const search = page.getByRole('region', { name: 'Search', exact: true })
    await expect.poll(() => search.textContent()).toContain(String(total))
    await rows.nth(2).click()
    await page.waitForURL(/hit=/)
    await expect.poll(() => page.locator('[data-hit]').filter({ hasText: word }).count()).toBeGreaterThan(0)
  })

  it('finds a refusal, the words that led to the label, and its control', async () => {
    await page.goto(`${app.server().origin}/#/refusals/${probes}/log`)
    const log = page.getByRole('grid', { name: 'Log' })
    await log.getByRole('row').nth(1).waitFor()
    const { rows } = await app.lab.client['refusals.log']({
      run: probes,
      filter: { outcomes: ['refused', 'deflected', 'party_line'] },
      limit: 1,
    })
    const [withheld] = rows
    expect(withheld, 'the specimen withholds answers to some of its probes').toBeDefined()
    await page.goto(`${app.server().origin}/#/refusals/${probes}/log?cell=${withheld?.cell.id}`)
    const detail = page.getByRole('region', { name: `${withheld?.cell.promptId} under` })
    await detail
      .getByText(withheld?.outcome === 'party_line' ? 'party line' : (withheld?.outcome ?? ''))
      .first()
      .waitFor()
    const evidence = await detail.getByRole('list').first().getByRole('listitem').first().textContent()
    const words = /[“"]?([^“”"]{4,})[”"]?(thinking|answer)$/.exec(evidence ?? '')
    expect(words, `evidence was: ${evidence}`).not.toBeNull()
    await detail.getByRole('region', { name: /^Its/ }).first().waitFor()
  })

  it('writes a suite, is shown a mistake at its line, mends it and keeps it', async () => {
    await page.goto(`${app.server().origin}/#/suites/new`)
    const source = page.getByRole('textbox', { name: /^Source of/ })
    const good =
      'name: mine\nprompts:\n  - id: one\n    text: What is 1 + 1?\n    grader: { kind: number, expected: 2 }\n'
    await source.fill(good.replace('kind: number', 'kind: nummer'))
    await page.getByText('1 error').waitFor()
    const problem = page.getByRole('button', { name: /5.*(kind|nummer)|line 5/i }).first()
    await problem.waitFor()
    await source.fill(good)
    await page.getByText('1 error').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await app.lab.client['suites.list']({})).map(({ name }) => name)).toContain('mine')
  })

  it('imports a file, and exports the suite again', async () => {
    await page.goto(`${app.server().origin}/#/suites/import`)
    await page.getByLabel('Suite files').setInputFiles({
      name: 'capitals.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('question,answer\n"What is the capital of France?",Paris\n"Of Italy?",Rome\n'),
    })
    await page
      .getByRole('button', { name: /^(Import|Keep|Save)/ })
      .first()
      .click()
    await expect
      .poll(async () => (await app.lab.client['suites.list']({})).map(({ name }) => name))
      .toContain('capitals')
    await page.goto(`${app.server().origin}/#/suites`)
    await page
      .getByRole('navigation', { name: 'Suites' })
      .getByRole('link', { name: /capitals/ })
      .click()
    const file = await downloaded(page, async () => {
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByRole('menuitem').first().click()
    })
    expect(file.name).toMatch(/^capitals\./)
    expect(file.text).toContain('Paris')
  })

  it('takes a report along that repeats nothing but what the lab says', async () => {
    await page.goto(`${app.server().origin}/#/compare/2`)
    const file = await downloaded(page, async () => {
      await page.getByRole('button', { name: /Report|Export/ }).click()
      await page.getByRole('menuitem', { name: /HTML/ }).click()
    })
    expect(file.name).toBe('assay-run-2.html')
    expect(file.text).toContain('Q2_K')
  })

  it('takes the verdicts and the refusal map along as pictures and as figures', async () => {
    for (const [address, chart, words] of [
      ['#/compare/2', 'Verdicts', ['Q2_K', 'margin +2', 'F16']],
      [`#/refusals/${probes}/map`, 'Refusal map', ['tiananmen_1989', 'F16']],
    ] as const) {
      await page.goto(`${app.server().origin}/${address}`)
      const save = (format: string) =>
        downloaded(page, async () => {
          await page.getByRole('button', { name: `Save ${chart}` }).click()
          await page.getByRole('menuitem', { name: format }).click()
        })
      const drawn = await save('SVG')
      const texts = drawn.text.split(/<[^>]+>/).map((text) => text.trim())
      expect(drawn.name).toMatch(/^run-\d+-.*\.svg$/)
      expect(texts).toEqual(expect.arrayContaining([...words]))
      expect((await save('CSV')).text.split('\r\n').length).toBeGreaterThan(2)
      expect((await save('PNG')).text.slice(1, 4)).toBe('PNG')
      await page.getByRole('button', { name: `${chart} as a table` }).click()
      await page.getByRole('table', { name: chart }).waitFor()
    }
  })

  it('tries one prompt, leaves while it is answered, and finds both again', async () => {
    await page.goto(`${app.server().origin}/#/bench`)
    const box = page.getByRole('textbox', { name: 'Prompt', exact: true })
    await box.fill('What is 12 + 13?')
    await box.press('Control+Enter')
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Bench' }).click()
    await expect.poll(() => box.inputValue()).toBe('What is 12 + 13?')
    const answer = page.getByRole('article', { name: 'Answer of specimen Q2_K' })
    await answer.getByText(/tokens\/s/).waitFor()
  })

  it('changes a setting that is still there after a reload', async () => {
    await page.goto(`${app.server().origin}/#/settings`)
    await page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Dark' }).click()
    await page.getByLabel('Your name in the review log').fill('A. Reader')
    await page.getByLabel('Your name in the review log').blur()
    await expect.poll(async () => (await app.lab.client['settings.get']({})).reviewer).toBe('A. Reader')
    await page.reload()
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await expect.poll(() => page.getByLabel('Your name in the review log').inputValue()).toBe('A. Reader')
    await page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'As the system' }).click()
  })

  it('says in the field of a setting why it will not do, and keeps a copy of everything', async () => {
    await page.goto(`${app.server().origin}/#/settings`)
    await page.getByLabel('Another folder').fill('/no/such/folder')
    await page.getByRole('button', { name: 'Add folder' }).click()
    await page.getByText('There is no folder /no/such/folder.').waitFor()
    expect((await app.lab.client['settings.get']({})).modelFolders).toEqual([])
    const threads = page.getByLabel('Threads of the built-in engine')
    await threads.fill('9999')
    await threads.blur()
    const { cores } = await app.lab.client['settings.get']({})
    await page.getByText(`A whole number from 1 to ${cores}.`).waitFor()
    expect((await app.lab.client['settings.get']({})).builtinThreads).toBe(1)
    await page.getByRole('button', { name: 'Save a copy' }).click()
    const said = await page.getByText(/MB in .*backups/).textContent()
    const copy = openStore({ path: / in (.+)$/.exec(said ?? '')?.[1] ?? '' })
    expect(copy.runs.list()).toHaveLength(2)
    copy.close()
  })

  it('never needs the mouse: from the Bench to a trace by keys', async () => {
    const keys = await app.open('#/bench')
    await keys.getByRole('heading', { name: 'Bench', level: 1 }).waitFor()
    await keys.keyboard.press('g')
    await keys.keyboard.press('r')
    const runs = keys.getByRole('grid', { name: 'Runs' })
    await runs.getByRole('row').nth(1).waitFor()
    await keys.keyboard.press('j')
    await keys.keyboard.press('Enter')
    await keys.waitForURL(/#\/runs\/\d+/)
    await keys.keyboard.press('Control+k')
    await keys.getByRole('combobox', { name: 'Find a command' }).waitFor()
    await keys.keyboard.type('traces of 2')
    await keys.keyboard.press('Enter')
    await keys.waitForURL(/#\/traces\/2/)
    // As a person would: when the palette is gone and there is something to go on from.
    await keys.getByRole('combobox', { name: 'Find a command' }).waitFor({ state: 'detached' })
    await expect.poll(() => keys.getByRole('button', { name: 'Next prompt' }).isEnabled()).toBe(true)
    const before = keys.url()
    await keys.keyboard.press(']')
    await expect.poll(() => keys.url()).not.toBe(before)
    await keys.context().close()
  })

  it('was never served a fault: no console error, no violation, no request elsewhere', () => {
    expect(app.faults).toEqual([])
  })
})
