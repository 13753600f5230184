import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunId } from '#shared/domain/ids.ts'
import { largeRunPrecisions } from '../fixtures/large-run.ts'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'
import { frameGaps, longGaps } from './frame-gaps.ts'
import { openLargeRunLab } from './large-run-lab.ts'

const assets = resolve(import.meta.dirname, '../../out/renderer/assets')

/** Fetched when somebody opens an editor, or has an answer set as Markdown: no screen waits for them. */
const onDemand = /^(?:code-editor|formatted-text)-/

it.skipIf(!hasChromium)('the scripts of all screens are 1.5 MB at most', () => {
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'))
  const bytes = (names: readonly string[]) => names.reduce((sum, name) => sum + statSync(join(assets, name)).size, 0)
  const screens = scripts.filter((name) => !onDemand.test(name))
  expect(scripts.length - screens.length).toBe(2)
  console.log(`scripts: ${bytes(screens)} bytes for all screens, ${bytes(scripts)} with the editor and set answers`)
  expect(bytes(screens)).toBeLessThanOrEqual(1_500_000)
})

describe.skipIf(!hasChromium)('a run of 100 000 cells', () => {
  let browser: Browser
  let app: BrowserLab
  let run: RunId

  beforeAll(async () => {
    browser = await launchChromium()
    ;({ app, run } = await openLargeRunLab(browser))
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  it('opens: its grid, its progress and its size are there', async () => {
    const page = await app.open('#/settings')
    await page.getByRole('heading', { name: 'What leaves this machine' }).waitFor()
    const startedMs = performance.now()
    await page.evaluate((id) => {
      window.location.hash = `#/runs/${id}`
    }, run)
    await page.getByText('of 100,000 cells').waitFor()
    await page.getByRole('application').first().waitFor()
    const bars = page.getByRole('progressbar', { name: /of 20000 cells$/ })
    await expect.poll(() => bars.count()).toBe(largeRunPrecisions.length)
    console.log(`a run of 100 000 cells opened in ${Math.round(performance.now() - startedMs)} ms`)
    await page.context().close()
  })

  it('is listed and scrolled with few rows in the page', async () => {
    const page = await app.open(`#/traces/${run}?list=1`)
    const list = page.getByRole('grid').first()
    await list.getByRole('row').nth(3).waitFor()
    const frames = await frameGaps(page, async () => {
      await list.focus()
      for (let press = 0; press < 10; press++) await page.keyboard.press('PageDown')
      await page.keyboard.press('End')
      await expect.poll(() => list.getByRole('row').last().textContent()).toMatch(/\d/)
    })
    const seen = longGaps(frames)
    console.log(`scrolling 100 000 cells: worst gap ${seen.worstMs} ms, ${seen.long} of ${seen.seen} over 50 ms`)
    expect(await list.getByRole('row').count()).toBeLessThan(200)
    await page.context().close()
  })

  it('leaves no fault', () => expect(app.faults).toEqual([]))
})

describe.skipIf(!hasChromium)('live lanes', () => {
  it('stream a real run; long frames are counted, and nothing is faulty', async () => {
    const browser = await launchChromium()
    const app = await openBrowserLab(browser)
    try {
      for await (const step of app.lab.client['specimen.prepare']({ precisions: ['F16', 'Q8_0', 'Q2_K'] })) void step
      const variants = ['F16', 'Q8_0', 'Q2_K'].map((precision) => `specimen ${precision}`)
      const page = await app.open('#/runs')
      const { run } = await app.lab.client['runs.start']({
        suites: ['specimen-quick'],
        variants,
        limit: 20,
        contextTokens: 512,
        maxTokens: 200,
      })
      await page.evaluate((id) => {
        window.location.hash = `#/runs/${id}`
      }, run)
      await page
        .getByRole('region', { name: /^Text of/ })
        .first()
        .waitFor()
      const state = async () => (await app.lab.client['runs.get']({ run })).state
      const frames = await frameGaps(page, async () => {
        await expect.poll(state, { timeout: 90_000 }).toBe('done')
      })
      const seen = longGaps(frames)
      console.log(`live lanes: worst gap ${seen.worstMs} ms, ${seen.long} of ${seen.seen} frames over 50 ms`)
      expect(seen.seen).toBeGreaterThan(20)
      expect(app.faults).toEqual([])
    } finally {
      await app.close()
      await browser.close()
    }
  })
})
