import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openLab, type Lab } from '#core/lab.ts'
import { forkOptions, overChildProcess, workerFile } from '#core/workers/fork-worker.ts'
import { contract } from '#shared/contract/contract.ts'
import { serve } from '#shared/contract/serve.ts'
import { startServer, type RunningServer } from '../../electron/server/start-server.ts'

/** The built browser host over a lab of its own, with everything the page did wrong. */
export interface BrowserLab {
  readonly lab: Lab
  readonly home: string
  readonly server: () => RunningServer
  /** A new page at an address of the lab, `#/bench` if none is given. */
  open(
    hash?: string,
    options?: { readonly scheme?: 'light' | 'dark'; readonly width?: number; readonly height?: number },
  ): Promise<Page>
  /** Console errors, policy violations and requests to other hosts, of all pages so far. */
  readonly faults: string[]
  /** Ends the built-in engine's process as a crash would. Returns how many there were. */
  killWorkers(): number
  stopServer(): Promise<void>
  startServer(): Promise<void>
  close(): Promise<void>
}

export async function openBrowserLab(
  browser: Browser,
  { home, ollama }: { readonly home?: string; readonly ollama?: string } = {},
): Promise<BrowserLab> {
  const folder = home ?? mkdtempSync(join(tmpdir(), 'assay-e2e-'))
  const faults: string[] = []
  const contexts: BrowserContext[] = []
  const workers: ChildProcess[] = []
  const lab = await openLab({
    home: folder,
    // Nobody listens at that port: what the tests see does not depend on who runs Ollama on this machine.
    env: { OLLAMA_HOST: ollama ?? '127.0.0.1:9' },
    onBug: (error) => faults.push(`bug in the lab: ${String(error)}`),
    spawn(name) {
      const child = fork(workerFile(name), [], forkOptions)
      if (name === 'builtin-worker') workers.push(child)
      return overChildProcess(child)
    },
  })
  const onBug = (error: unknown) => faults.push(`bug in a handler: ${String(error)}`)
  const start = (port: number | null) =>
    startServer({
      home: folder,
      port,
      onConnect: (channel) => serve({ contract, handlers: lab.handlers, channel, onBug }),
    })
  let server = await start(0)
  const port = Number(new URL(server.origin).port)

  return {
    lab,
    home: folder,
    faults,
    server: () => server,
    async open(hash = '#/bench', { scheme = 'light', width = 1440, height = 900 } = {}) {
      const context = await browser.newContext({
        colorScheme: scheme,
        viewport: { width, height },
        acceptDownloads: true,
      })
      contexts.push(context)
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin })
      const page = await context.newPage()
      watch(page, server.origin, faults)
      await page.goto(server.url)
      await page.evaluate((address) => {
        window.location.hash = address
      }, hash)
      return page
    },
    killWorkers: () => workers.splice(0).filter((child) => child.exitCode === null && child.kill('SIGKILL')).length,
    stopServer: () => server.close(),
    async startServer() {
      server = await start(port)
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
      await server.close()
      await lab.close()
      if (home === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function watch(page: Page, origin: string, faults: string[]): void {
  page.on('console', (message) => {
    // The browser itself reports a lost connection; the page shows it and mends it.
    const lost = /WebSocket connection|ERR_(?:CONNECTION_|EMPTY_RESPONSE|SOCKET_)/.test(message.text())
    if (message.type() === 'error' && !lost) faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page error at ${page.url()}: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    const own = url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:'
    if (!own) faults.push(`request to ${url.href}`)
  })
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
}

/** A small suite whose texts try to run, fetch and break out, in its name, its prompts and its tags. */
export const hostileSuite = JSON.stringify({
  name: 'hostile',
  title: '<img src=x onerror=alert(1)> & "quotes"',
  templates: false,
  prompts: [
    {
      id: '<script>alert(1)</script>',
      text: '<img src=https://example.org/a.png onerror=alert(2)>',
      grader: { kind: 'contains', any: ['<b>'] },
      tags: { family: '"><svg onload=alert(3)>' },
    },
    {
      id: 'link',
      text: '[click](javascript:alert(4)) $\\href{javascript:alert(5)}{x}$',
      grader: { kind: 'exact', expected: 'no' },
      tags: { family: 'plain' },
    },
    {
      id: 'bidi',
      text: 'What is 2 + 2? \u202e\u0000\ud83d',
      grader: { kind: 'number', expected: 4 },
      tags: { family: 'plain' },
    },
  ],
})

/** Sums the specimen can do, and some it cannot. */
export const sumSuite = (n: number): string =>
  JSON.stringify({
    name: 'sums',
    prompts: Array.from({ length: n }, (_, i) => ({
      id: `sum-${i}`,
      text: i % 3 === 2 ? `Count ${30 + i} up from ${20 + i}.` : `Calculate the sum of ${10 + i} and ${20 + i}.`,
      grader: { kind: 'number', expected: i % 3 === 2 ? 50 + 2 * i : 30 + 2 * i },
      tags: { family: 'sum', distance: i % 3 === 2 ? 'near' : 'benchmark' },
    })),
  })

/** Runs a suite on the specimen's precisions to the end, through the lab itself. */
export async function runOnSpecimen(
  lab: Lab,
  suite: string,
  precisions: readonly string[],
  extra: object = {},
): Promise<number> {
  for await (const step of lab.client['specimen.prepare']({ precisions: [...precisions] })) void step
  const variants = precisions.map((precision) => `specimen ${precision}`)
  const { run } = await lab.client['runs.start']({
    suites: [suite],
    variants,
    contextTokens: 512,
    maxTokens: 160,
    ...extra,
  })
  for await (const event of lab.client['runs.watch']({ run, text: false })) void event
  return run
}
