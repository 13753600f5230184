import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Debian's place, or where CHROMIUM_PATH says. */
export const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

export const hasChromium = existsSync(chromiumPath)
if (!hasChromium) tellMissing(process.env)

/** Where somebody sits, a note; where a machine decides, a failure: nobody would read the note. */
function tellMissing(env: NodeJS.ProcessEnv): void {
  const missing = `there is no Chromium at ${chromiumPath}. Install it (apt-get install chromium) or set CHROMIUM_PATH`
  const required = [env['CI'], env['ASSAY_REQUIRE_BROWSER']].some(
    (value) => value !== undefined && !/^(|0|false)$/.test(value),
  )
  if (required) throw new Error(`The browser tests cannot run: ${missing}.`)
  console.warn(`The browser tests are skipped: ${missing}.`)
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
