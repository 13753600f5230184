import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import cliProgress from 'cli-progress'
import { downloadElectron, patience, type Received } from './download-electron.ts'

/** For unpacking what is already here. */
const unpackMs = 90_000

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
  try {
    await fetchElectron(join(root, 'node_modules/electron'), env)
  } catch (error) {
    return { reason: `Electron could not be fetched: ${reasonOf(error)} (npx install-electron tries again)` }
  }
  const fetched = installedElectron(root)
  return fetched === null ? { reason: 'Electron could not be unpacked' } : { path: fetched }
}

/** Looked up by file: loading the `electron` package would start a download. */
function installedElectron(root: string): string | null {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(executable) ? executable : null
}

async function fetchElectron(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>
  const line = progressLine()
  try {
    await downloadElectron({
      version: read('package.json')['version'] ?? '',
      arch: process.arch,
      checksums: read('checksums.json'),
      cacheRoot: env['electron_config_cache'] ?? null,
      patience,
      onProgress: line.update,
    })
  } finally {
    line.stop()
  }
  await unpack(join(folder, 'install.js'), env)
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0)

/** One line that is drawn over and over on a terminal, and said once where there is none. */
function progressLine(): { readonly update: (received: Received) => void; readonly stop: () => void } {
  const bar = new cliProgress.SingleBar({
    format: 'Fetching Electron for the first start  {bar}  {done} of {all} MB',
    barsize: 24,
    clearOnComplete: true,
    noTTYOutput: false,
  })
  if (process.stderr.isTTY) bar.start(1, 0, { done: '0', all: '?' })
  else console.error('Fetching Electron for the first start…')
  return {
    update({ bytes, total }) {
      if (total !== null) bar.setTotal(total)
      bar.update(bytes, { done: megabytes(bytes), all: total === null ? '?' : megabytes(total) })
    },
    stop: () => bar.stop(),
  }
}

/** Runs the package's own installer, which finds the archive in the cache. @throws Error with what it said */
function unpack(installer: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [installer], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: unpackMs,
      env: { ...env, ELECTRON_INSTALL_PLATFORM: process.platform, ELECTRON_INSTALL_ARCH: process.arch },
    })
    let said = ''
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString()
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(signal === null ? said.split('\n')[0] : `not unpacked within ${unpackMs / 1000} s`))
    })
  })
}

/** `fetch` says only that it failed; why stands in what caused it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : (error.message.split('\n')[0] ?? 'unknown')
}
