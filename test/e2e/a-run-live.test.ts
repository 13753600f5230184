import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

const patience = { timeout: 90_000 }

/** Cells that the run's page says have ended. */
async function ended(page: Page): Promise<number> {
  const text = await page.getByRole('region', { name: 'Progress' }).textContent(patience)
  return Number(/^([\d,.\s]+?)\s*of/.exec(text ?? '')?.[1]?.replaceAll(/\D/g, '') ?? Number.NaN)
}

async function grows(page: Page, beyond: number): Promise<void> {
  await expect.poll(() => ended(page), patience).toBeGreaterThan(beyond)
}

// One run, from a newcomer's first click through everything that can happen to it while it goes. The steps build on each other.
describe.skipIf(!hasChromium)('a newcomer’s first run', () => {
  let browser: Browser
  let app: BrowserLab
  let page: Page

  beforeAll(async () => {
    browser = await launchChromium()
    app = await openBrowserLab(browser)
    page = await app.open()
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  it('begins with one click on the Bench, which makes real variants and shows them being compared', async () => {
    await page.getByRole('button', { name: /^Compare \d+ precisions/ }).click()
    await page.waitForURL(/#\/runs\/1/, patience)
    await grows(page, 0)
    // Thinking streams in while cells fill.
    const lane = page.getByRole('region', { name: /^Text of/ }).first()
    await expect.poll(async () => (await lane.textContent())?.length ?? 0, patience).toBeGreaterThan(20)
  })

  it('stops when cancelled, keeps what it has, and goes on where it stopped', async () => {
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('The run was cancelled.').waitFor(patience)
    const kept = (await app.lab.client['runs.get']({ run: 1 })).counts.done
    await expect.poll(() => ended(page), patience).toBe(kept)
    await page
      .getByRole('button', { name: /^Resume/ })
      .first()
      .click()
    await grows(page, kept)
  })

  it('is shown again, still going, after a reload', async () => {
    const before = await ended(page)
    await page.reload()
    await page.getByRole('button', { name: /^Pause/ }).waitFor(patience)
    expect(page.url()).toContain('#/runs/1')
    await grows(page, before)
  })

  it('keeps a second run from being started, and says which one is going', async () => {
    const other = await app.open('#/runs/new')
    const plan = other.getByRole('complementary', { name: 'Plan' })
    await plan.getByRole('link', { name: /^Run 1 / }).waitFor(patience)
    expect(await plan.getByRole('button', { name: 'Run 1 is going' }).isDisabled()).toBe(true)
    await other.context().close()
  })

  it('is seen by two tabs alike, and stopped from either', async () => {
    const other = await app.open('#/runs/1')
    const before = await ended(other)
    await Promise.all([grows(page, before), grows(other, before)])
    await other.getByRole('button', { name: /^Pause/ }).click()
    for (const tab of [page, other]) await tab.getByText('The run is paused.').waitFor(patience)
    await expect.poll(async () => (await ended(page)) - (await ended(other)), patience).toBe(0)
    await page
      .getByRole('button', { name: /^Resume/ })
      .first()
      .click()
    await other.getByRole('button', { name: /^Pause/ }).waitFor(patience)
    await other.context().close()
  })

  it('goes on without the page, which says that the lab is away and comes back by itself', async () => {
    const before = await ended(page)
    await app.stopServer()
    expect((await app.lab.client['runs.get']({ run: 1 })).state).toBe('running')
    await page.getByText('the lab does not answer, trying again').waitFor(patience)
    await app.startServer()
    await page.getByText('the lab does not answer, trying again').waitFor({ ...patience, state: 'detached' })
    await grows(page, before)
  })

  it('survives its engine: what failed is shown as errors, with the reason, and the rest goes on', async () => {
    const errors = async () => (await app.lab.client['runs.get']({ run: 1 })).counts.error
    await expect
      .poll(
        async () => {
          app.killWorkers()
          return errors()
        },
        { ...patience, interval: 400 },
      )
      .toBeGreaterThan(0)
    const before = await ended(page)
    await page
      .getByText(/cells? of .* failed: /)
      .first()
      .waitFor(patience)
    await grows(page, before + 3)
    await page
      .getByText(/counted as error, not as wrong/)
      .first()
      .waitFor(patience)
  })

  it('stops in the end, and was never faulty: no console error, no violation, no request elsewhere', async () => {
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('The run was cancelled.').waitFor(patience)
    expect(app.faults).toEqual([])
  })
})
