// `npm start`: the window where there can be one, else the browser host with the reason in one line.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'
import { findElectron } from './find-electron.ts'
import { readOptions, sayFailure, usage } from './options.ts'

/** A window that is gone this soon with an error never was one: the browser host takes over. */
const startMs = 5000

const root = join(import.meta.dirname, '../..')

const args = process.argv.slice(2)

const about = 'Opens the lab in a window; in a browser where there is no display or Electron cannot be had.'

try {
  // Before anything is built or fetched: a wrong option costs nothing.
  if (readOptions(args).help) process.stdout.write(usage(about, 'npm start'))
  else await start()
} catch (error) {
  sayFailure(error)
}

async function start(): Promise<void> {
  buildIfStale(root)
  const electron = await findElectron(root, process.env)
  const reason = 'reason' in electron ? electron.reason : await openWindow(electron.path)
  if (reason === null) return
  console.log(`In the browser, because ${reason}.`)
  await import('./server.ts')
}

/** Resolves with null when the window has been closed, or with why there was none. */
function openWindow(executable: string): Promise<string | null> {
  const startedMs = performance.now()
  return new Promise((resolve) => {
    const child = spawn(executable, [root, ...args.filter((arg) => arg !== '--')], { stdio: 'inherit' })
    child.on('error', ({ message }) => resolve(`Electron did not start (${message})`))
    child.on('exit', (code, signal) => {
      const tooSoon = performance.now() - startedMs < startMs && (code ?? 1) !== 0
      resolve(tooSoon ? `Electron ended at once (${signal ?? `exit code ${code}`})` : null)
    })
  })
}
