import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, matchesGlob, resolve } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'

export const root = resolve(import.meta.dirname, '../..')

/** What of the configuration the tests read. */
const configSchema = z.object({
  files: z.array(z.string()),
  extraResources: z.array(z.object({ from: z.string(), to: z.string(), filter: z.array(z.string()) })),
  asar: z.boolean(),
  asarUnpack: z.array(z.string()),
  npmRebuild: z.boolean(),
  directories: z.object({ output: z.string(), buildResources: z.string() }),
  electronFuses: z.record(z.string(), z.boolean()),
  linux: z.object({ target: z.array(z.string()), icon: z.string() }),
  mac: z.object({ target: z.array(z.string()), icon: z.string(), hardenedRuntime: z.boolean() }),
  win: z.object({ target: z.array(z.string()), icon: z.string() }),
})

export const packaging = configSchema.parse(parse(readFileSync(join(root, 'resources/electron-builder.yml'), 'utf8')))

const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'mac', win32: 'win', linux: 'linux' }
const expandMacros = (pattern: string): string =>
  pattern
    .replaceAll('${os}', systems[process.platform] ?? process.platform)
    .replaceAll('${platform}', process.platform)
    .replaceAll('${arch}', process.arch)

/** By electron-builder's rule: in order, an excluding pattern is tried on what is in, an including one on what is not. */
export function isPackaged(path: string, patterns: readonly string[]): boolean {
  let included = false
  for (const raw of patterns) {
    const excludes = raw.startsWith('!')
    if (excludes === included && matchesGlob(path, expandMacros(excludes ? raw.slice(1) : raw))) included = !excludes
  }
  return included
}

/** Puts exactly the packaged files where an unpacked application has them. Returns the bytes of each part. */
export function layOut(folder: string): { readonly ours: number; readonly native: number } {
  const sizes = { ours: 0, native: 0 }
  for (const path of candidates()) {
    if (!isPackaged(path, packaging.files)) continue
    copy(join(root, path), join(folder, 'app', path))
    sizes[path.startsWith('node_modules') ? 'native' : 'ours'] += statSync(join(root, path)).size
  }
  for (const { from, to, filter } of packaging.extraResources) {
    for (const path of filesBelow(join(root, from))) {
      if (isPackaged(path, filter)) copy(join(root, from, path), join(folder, to, path))
    }
  }
  return sizes
}

function* candidates(): Generator<string> {
  yield 'package.json'
  for (const folder of ['out', 'node_modules']) {
    for (const path of filesBelow(join(root, folder))) yield `${folder}/${path}`
  }
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to)
}
