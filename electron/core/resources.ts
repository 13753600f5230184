import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file that every copy of resources/ has. */
const marker = join('resources', 'specimen', 'specimen-f16.gguf')

/**
 * Absolute path of something in resources/, from the sources, from the bundle and from a packaged app alike.
 * Outside an archive, because llama.cpp can only open real files.
 * @throws Error where the installation lacks resources/, which is a packaging mistake
 */
export function resourcePath(...parts: readonly string[]): string {
  const { resourcesPath } = process as { readonly resourcesPath?: string }
  const packaged = resourcesPath === undefined ? [] : [resourcesPath]
  const here = import.meta.dirname.replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked')
  for (const root of [...packaged, ...upwards(here)]) {
    if (existsSync(join(root, marker))) return join(root, 'resources', ...parts)
  }
  throw new Error(`resources/ is missing: looked upwards from ${here}`)
}

function upwards(from: string): readonly string[] {
  const parent = dirname(from)
  return parent === from ? [from] : [from, ...upwards(parent)]
}
