import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Longer than a good network needs for Electron's binary, shorter than a person waits without a window. */
const fetchMs = 90_000

/**
 * Electron's executable, fetched once if need be, or why there is none. The binary is not part of `npm ci`: machines
 * without a display never need it.
 */
export async function findElectron(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  if (process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return { reason: 'there is no display' }
  const present = installedElectron(root)
  if (present !== null) return { path: present }
  console.log('Fetching Electron for the first start…')
  const failure = await fetchElectron(root)
  const fetched = installedElectron(root)
  return fetched === null
    ? { reason: `Electron's binary could not be fetched (${failure ?? 'unknown reason'})` }
    : { path: fetched }
}

/** Looked up by file: loading the `electron` package would start a download. */
function installedElectron(root: string): string | null {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(executable) ? executable : null
}

/** Runs the package's own installer, which shows its progress. Null when it succeeded. */
function fetchElectron(root: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/electron/install.js')], {
      stdio: ['ignore', 'inherit', 'pipe'],
      timeout: fetchMs,
    })
    let said = ''
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString()
    })
    child.on('error', ({ message }) => resolve(message))
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(null)
      else resolve(signal === null ? (firstLine(said) ?? `exit code ${code}`) : `not within ${fetchMs / 1000} s`)
    })
  })
}

const firstLine = (text: string): string | null =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /error|ENOTFOUND|ECONN|failed/i.test(line)) ?? null
