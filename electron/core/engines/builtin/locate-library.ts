import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as z from 'zod'

/** Where llama.cpp comes from on this machine, or why it does not. */
export type Library =
  | { readonly state: 'ready'; readonly version: string }
  | { readonly state: 'absent'; readonly reason: string; readonly hint: string }

export interface Machine {
  readonly platform: string
  readonly arch: string
}

/** The packages with the CPU binaries, and Apple's with Metal, by `platform-arch`. */
const binaryPackages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'linux-riscv64': 'linux-riscv64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
}

const hint = 'Use Ollama on this machine, or install Assay again for it. Everything else works.'

/** Looks at files only: cheap, and loads no native code. `root` is node-llama-cpp's folder; null: it is not installed. */
export function locateLibrary(root: string | null, { platform, arch }: Machine): Library {
  if (root === null) return { state: 'absent', reason: 'node-llama-cpp is not installed.', hint }
  const name = binaryPackages[`${platform}-${arch}`]
  if (name === undefined) {
    return { state: 'absent', reason: `node-llama-cpp has no llama.cpp for ${platform} on ${arch}.`, hint }
  }
  const binary = join(root, '..', '@node-llama-cpp', name, 'bins', name, 'llama-addon.node')
  if (!existsSync(binary)) {
    return {
      state: 'absent',
      reason: `llama.cpp for ${platform} on ${arch} is not installed (@node-llama-cpp/${name}).`,
      hint,
    }
  }
  const { version } = readJson(join(root, 'package.json'), z.object({ version: z.string() }))
  const { release } = readJson(join(root, 'llama', 'binariesGithubRelease.json'), z.object({ release: z.string() }))
  return { state: 'ready', version: `node-llama-cpp ${version}, llama.cpp ${release}` }
}

/** node-llama-cpp's folder as this program would import it. */
export function libraryRoot(): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve('node-llama-cpp')))
  } catch {
    return null
  }
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
}
