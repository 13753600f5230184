import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openHome } from '#core/store/home.ts'
import { openStore } from '#core/store/open-store.ts'
import type { RunId } from '#shared/domain/ids.ts'
import { planLargeRun } from '../fixtures/large-run.ts'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'

/** A lab that has a run of 100 000 cells. Closing it deletes its folder. */
export async function openLargeRunLab(browser: Browser): Promise<{ readonly app: BrowserLab; readonly run: RunId }> {
  const home = mkdtempSync(join(tmpdir(), 'assay-large-'))
  const store = openStore({ path: openHome(home, {}).storePath })
  const run = planLargeRun(store)
  store.close()
  const app = await openBrowserLab(browser, { home })
  const close = async () => {
    await app.close()
    rmSync(home, { recursive: true, force: true })
  }
  return { app: { ...app, close }, run }
}
