#!/usr/bin/env node
// Every screen from a store that a real run has filled: light and dark, wide and narrow.
//   npm run screenshots [-- FOLDER]
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { buildIfStale } from '../../electron/server/build-if-stale.ts'
import { openBrowserLab, runOnSpecimen } from '../e2e/browser-lab.ts'
import { chromiumPath, hasChromium, launchChromium } from '../e2e/chromium.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = resolve(process.argv[2] ?? join(root, 'test/.artifacts/screenshots'))
const schemes = ['light', 'dark'] as const
const sizes = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'narrow', width: 1000, height: 700 },
] as const
/** What is still moving when the network is quiet: charts, and texts that are brought into sight. */
const settleMs = 900

if (!hasChromium) {
  console.error(`There is no Chromium at ${chromiumPath}. Install it, or set CHROMIUM_PATH.`)
  process.exit(1)
}
buildIfStale(root)
mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
const app = await openBrowserLab(browser)
try {
  for (const scheme of schemes) await takeEmptyBench(scheme)
  console.log('Running the specimen…')
  const run = await runOnSpecimen(app.lab, 'specimen-quick', ['F16', 'Q8_0', 'Q4_K_M', 'Q2_K'], {
    limit: 80,
    alternatives: 3,
    noiseFloor: true,
  })
  const probes = await runOnSpecimen(app.lab, 'specimen-probes', ['F16', 'Q2_K'], { limit: 48 })
  const screens = await addresses(run, probes)
  for (const scheme of schemes) {
    for (const { name, ...size } of sizes) {
      const page = await app.open('#/bench', { scheme, ...size })
      for (const [screen, address] of Object.entries(screens)) await take(page, address, `${screen}-${scheme}-${name}`)
      await page.context().close()
    }
  }
  for (const fault of app.faults) console.error(fault)
  if (app.faults.length > 0) process.exitCode = 1
  console.log(`${Object.keys(screens).length + 1} screens are in ${folder}`)
} finally {
  await app.close()
  await browser.close()
}

async function takeEmptyBench(scheme: (typeof schemes)[number]): Promise<void> {
  for (const { name, ...size } of sizes) {
    const page = await app.open('#/bench', { scheme, ...size })
    await take(page, '#/bench', `first-start-${scheme}-${name}`)
    await page.context().close()
  }
}

async function take(page: Page, address: string, name: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, address)
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(settleMs)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

async function addresses(run: number, probes: number): Promise<Readonly<Record<string, string>>> {
  const { variants } = await app.lab.client['compare.get']({ run })
  const lostBy = ({ quadrants }: (typeof variants)[number]) => quadrants?.lost ?? -1
  const [worst] = variants.toSorted((a, b) => lostBy(b) - lostBy(a))
  if (worst === undefined || lostBy(worst) < 1) throw new Error('No variant lost a prompt: there is nothing to show.')
  const variant = worst.index
  const flips = await app.lab.client['compare.flips']({ run, variantIndex: variant, quadrant: 'lost' })
  const lost = flips.promptIndexes[0] ?? 0
  return {
    bench: '#/bench',
    variants: '#/variants',
    catalogue: '#/variants/catalogue',
    suites: '#/suites',
    'suite-editor': '#/suites/new',
    'suite-import': '#/suites/import',
    runs: '#/runs',
    'run-setup': '#/runs/new',
    run: `#/runs/${run}`,
    'run-details': `#/runs/${run}/details`,
    compare: `#/compare/${run}?variant=${variant}`,
    'compare-chooser': '#/compare',
    'compare-prompt': `#/compare/${run}/prompt/${lost}?variant=${variant}`,
    traces: `#/traces/${run}?prompt=${lost}&v=0,${variant}&heat=probability`,
    'traces-search': `#/traces/${run}?q=digits`,
    'refusals-log': `#/refusals/${probes}/log`,
    'refusals-map': `#/refusals/${probes}/map`,
    'refusals-pairs': `#/refusals/${probes}/pairs`,
    'refusals-review': `#/refusals/${probes}/review`,
    'refusals-method': `#/refusals/${probes}/method`,
    settings: '#/settings',
  }
}
