import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Debian's place, or where CHROMIUM_PATH says. */
export const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

export const hasChromium = existsSync(chromiumPath)
if (!hasChromium) {
  console.warn(
    `The browser tests are skipped: there is no Chromium at ${chromiumPath}. Install it (apt-get install chromium) or set CHROMIUM_PATH.`,
  )
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
