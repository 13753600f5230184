import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import type { RunId } from '#shared/domain/ids.ts'
import { buildIfStale } from '../../electron/server/build-if-stale.ts'
import { openBrowserLab, type BrowserLab } from '../e2e/browser-lab.ts'
import { hasChromium, launchChromium } from '../e2e/chromium.ts'
import { frameGaps, longGaps, type FrameGaps } from '../e2e/frame-gaps.ts'
import { openLargeRunLab } from '../e2e/large-run-lab.ts'
import { largeRunPrecisions } from '../fixtures/large-run.ts'
import { keepSuite, withStandIn } from './bench-lab.ts'
import type { Row } from './bench.ts'
import { median, quantile } from './figures.ts'

const opens = 7
const lanes = 8
const tokensPerSecond = 200
const watchedMs = 20_000
const patience = { timeout: 60_000 }
/** Wide enough for eight lanes. */
const wide = { width: 1920, height: 1080 }

/** What somebody waits for in the browser: the first paint, a large run, and text as it is written. */
export async function measurePage(): Promise<readonly Row[]> {
  if (!hasChromium) throw new Error('The page is measured in Chromium. Without one, ask for the other measurements.')
  buildIfStale(resolve(import.meta.dirname, '../..'))
  const browser = await launchChromium()
  try {
    const large = await openLargeRunLab(browser)
    const still = await measureLarge(browser, large).finally(() => large.app.close())
    return [...still, ...(await measureLanes(browser))]
  } finally {
    await browser.close()
  }
}

async function measureLarge(
  browser: Browser,
  { app, run }: { readonly app: BrowserLab; readonly run: RunId },
): Promise<readonly Row[]> {
  const paints: Paints[] = []
  const empty: Paints[] = []
  const opened: number[] = []
  const answered: number[] = []
  for (let turn = 0; turn < opens; turn++) {
    empty.push(await emptyPaints(browser))
    const page = await app.open('#/runs', wide)
    paints.push(await paintsOf(page))
    const startedMs = performance.now()
    await Promise.all([
      app.lab.client['cells.grid']({ run }),
      app.lab.client['runs.progress']({ run }),
      app.lab.client['runs.get']({ run }),
    ])
    answered.push(performance.now() - startedMs)
    opened.push(await openMs(page, run))
    await page.context().close()
  }
  const floorMs = `${median(answered).toFixed(0)} ms for the lab's answers`
  return [
    ...(['first-paint', 'first-contentful-paint'] as const).map((name) =>
      timesRow({
        what: `${name.replaceAll('-', ' ')}, cold cache`,
        ms: paints.map((paint) => paint[name]),
        floor: `${spread(empty.map((paint) => paint[name]))}, an empty page`,
        mostMs: 1000,
      }),
    ),
    timesRow({ what: 'a run of 100 000 cells, click to painted grid', ms: opened, floor: floorMs, mostMs: 300 }),
  ]
}

type Paints = Readonly<Record<'first-paint' | 'first-contentful-paint', number>>

async function emptyPaints(browser: Browser): Promise<Paints> {
  const page = await browser.newPage({ viewport: wide })
  await page.goto('data:text/html,<title>empty</title><p>empty')
  const paints = await paintsOf(page)
  await page.close()
  return paints
}

/** Since the navigation began, as the browser itself recorded them. */
async function paintsOf(page: Page): Promise<Paints> {
  await page.waitForFunction(() => performance.getEntriesByType('paint').length >= 2, null, patience)
  return page.evaluate(
    () =>
      Object.fromEntries(
        performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime]),
      ) as Paints,
  )
}

/** From the click on the run in the list to the frame that shows its grid and its progress, by the page's own clock. */
async function openMs(page: Page, run: RunId): Promise<number> {
  const link = page.locator(`a[href="#/runs/${run}"]`).first()
  await link.waitFor(patience)
  // What the list still loads is not the run's.
  await page.waitForLoadState('networkidle')
  await page.evaluate((variants) => {
    const isThere = () =>
      document.querySelector<HTMLElement>('[role="application"] canvas')?.style.width &&
      document.querySelectorAll('[role="progressbar"][aria-label*=" of 20000 cells"]').length === variants
    const onClick = ({ timeStamp }: Event) => {
      const look = () => {
        if (!isThere()) return requestAnimationFrame(look)
        // After the frame that draws them.
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => Object.assign(window, { openedMs: performance.now() - timeStamp }))
        port1.start()
        return port2.postMessage(null)
      }
      requestAnimationFrame(look)
    }
    window.addEventListener('click', onClick, { capture: true, once: true })
  }, largeRunPrecisions.length)
  await link.click()
  await page.waitForFunction(() => Reflect.has(window, 'openedMs'), null, patience)
  return page.evaluate(() => Reflect.get(window, 'openedMs') as number)
}

/** A run of eight variants whose engine writes eight texts at once, watched on its screen. */
function measureLanes(browser: Browser): Promise<readonly Row[]> {
  return withStandIn(['800', `${lanes}`, `${tokensPerSecond}`], async (server) => {
    const app = await openBrowserLab(browser, { ollama: server.url })
    try {
      const empty = await emptyFrames(browser)
      const suite = await keepSuite(app.lab, 200)
      const variants = Array.from({ length: lanes }, (_, index) => `ollama:standin:v${index}`)
      const page = await app.open('#/runs', wide)
      const { run } = await app.lab.client['runs.start']({
        suites: [suite],
        variants,
        concurrency: lanes,
        contextTokens: 4096,
        maxTokens: 1024,
      })
      await page.evaluate((id) => Reflect.set(window.location, 'hash', `#/runs/${id}`), run)
      await page.getByLabel('streaming').first().waitFor(patience)
      const pace = streamedTokens(app, run)
      const frames = await frameGaps(page, () => sleep(watchedMs))
      await app.lab.client['runs.cancel']({ run })
      const told = (await pace) / (watchedMs / 1000)
      if (app.faults.length > 0) throw new Error(app.faults.join('\n'))
      return lanesRows(frames, empty, told)
    } finally {
      await app.close()
    }
  })
}

/** Tokens that the lab told its watchers of in the time that is watched: whether the stream was as fast as it should be. */
async function streamedTokens({ lab }: BrowserLab, run: number): Promise<number> {
  const tokens = new Map<number, number>()
  const stop = AbortSignal.timeout(watchedMs)
  let before: number | null = null
  const sum = () => [...tokens.values()].reduce((all, one) => all + one, 0)
  for await (const event of lab.client['runs.watch']({ run, text: true }, { signal: stop })) {
    if (event.kind === 'cell-text') tokens.set(event.cell, event.tokens)
    // What had been written before comes first, as it stands.
    if (before === null && tokens.size === lanes) before = sum()
  }
  return sum() - (before ?? 0)
}

async function emptyFrames(browser: Browser): Promise<FrameGaps> {
  const page = await browser.newPage({ viewport: wide })
  await page.goto('data:text/html,<title>empty</title><p>empty')
  const frames = await frameGaps(page, () => sleep(watchedMs / 2))
  await page.close()
  return frames
}

function lanesRows(frames: FrameGaps, empty: FrameGaps, told: number): readonly Row[] {
  const { worstMs, long, seen } = longGaps(frames)
  const floor = longGaps(empty)
  const p95 = (values: readonly number[]) => quantile(values, 0.95)
  const [gapMs, floorGapMs] = [p95(frames.gapsMs), p95(empty.gapsMs)]
  const [workMs, floorWorkMs] = [p95(frames.workMs), p95(empty.workMs)]
  const what = `${lanes} texts at ${tokensPerSecond} tokens/s (${told.toFixed(0)}/s came), ${seen} frames`
  return [
    {
      what: `${what}: gaps over 50 ms, and the worst`,
      value: `${long}, ${worstMs} ms`,
      floor: `${floor.long}, ${floor.worstMs} ms, an empty page`,
      ratio: null,
      target: 'none',
      met: long === 0,
    },
    {
      what: 'the same: gap between frames, p95',
      value: `${gapMs.toFixed(1)} ms`,
      floor: `${floorGapMs.toFixed(1)} ms, an empty page`,
      ratio: gapMs / floorGapMs,
      target: '≤ 16 ms; at 60 Hz a frame is 16.7',
      met: gapMs <= 16,
    },
    {
      what: "the same: the page's own work for a frame, p95",
      value: `${workMs.toFixed(1)} ms`,
      floor: `${floorWorkMs.toFixed(1)} ms, an empty page`,
      ratio: null,
      target: '≤ 16 ms',
      met: workMs <= 16,
    },
  ]
}

const spread = (ms: readonly number[]): string =>
  `${median(ms).toFixed(0)} ms (${Math.min(...ms).toFixed(0)}-${Math.max(...ms).toFixed(0)})`

function timesRow({
  what,
  ms,
  floor,
  mostMs,
}: {
  readonly what: string
  readonly ms: readonly number[]
  readonly floor: string
  readonly mostMs: number
}): Row {
  return {
    what: `${what} (median and range of ${ms.length})`,
    value: spread(ms),
    floor,
    ratio: null,
    target: `≤ ${mostMs} ms`,
    met: median(ms) <= mostMs,
  }
}
