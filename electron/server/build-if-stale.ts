import { spawnSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'

const sources = '{renderer,shared,electron}/**/*.{ts,mjs,tsx,css,html}'

/** Builds the page and the hosts when a source is newer than what was built last. A packaged lab has no sources. */
export function buildIfStale(root: string): void {
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  if (!existsSync(builder)) return
  const built = join(root, 'out/renderer/index.html')
  const builtMs = existsSync(built) ? statSync(built).mtimeMs : 0
  const files = globSync([sources, 'electron.vite.config.ts', 'package.json'], { cwd: root })
  if (files.every((file) => statSync(join(root, file)).mtimeMs <= builtMs)) return
  console.log('Building the page…')
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, 'build'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the page could not be built:\n${stdout}\n${stderr}`)
}
