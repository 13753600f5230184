import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { layOut, packaging, root } from './package-files.ts'

const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T
interface Locked {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
}
const { packages: locked } = readJson<{ packages: Record<string, Locked> }>('package-lock.json')

/** All that a package needs at run time, by the lockfile; what is for one system only is listed by pattern. */
function needs(name: string, from = '', found = new Set<string>()): Set<string> {
  const key = nearest(name, from)
  if (key === null || found.has(key)) return found
  found.add(key)
  for (const next of Object.keys(locked[key]?.dependencies ?? {})) needs(next, key, found)
  return found
}

function nearest(name: string, from: string): string | null {
  const key = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (key in locked) return key
  return from === '' ? null : nearest(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))))
}

const topLevel = (key: string): string => key.slice('node_modules/'.length).split('/node_modules/')[0] ?? ''

describe('the packages', () => {
  it('set every fuse as the security checklist wants it (19)', () => {
    expect(packaging.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(packaging.asar).toBe(true)
  })

  it('are of one pinned Electron, the one that was installed (16)', () => {
    const { devDependencies } = readJson<{ devDependencies: Record<string, string> }>('package.json')
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(locked['node_modules/electron']?.version).toBe(devDependencies['electron'])
  })

  it('are made for the three systems, with an icon large enough for each', () => {
    const { linux, mac, win } = packaging
    expect([linux.target, mac.target, win.target]).toEqual([['AppImage', 'deb'], ['dmg', 'zip'], ['nsis']])
    expect(mac.hardenedRuntime).toBe(true)
    for (const { icon } of [linux, mac, win]) {
      const png = readFileSync(join(root, packaging.directories.buildResources, icon))
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024])
    }
  })

  it('carry all that the native packages need by the lockfile, and no other dependency', () => {
    const listed = packaging.files
      .map((pattern) => /^node_modules\/((?:@[^/]+\/)?[^/*]+)\/\*\*$/.exec(pattern)?.[1] ?? '')
      .filter((name) => name !== '' && !name.includes('$'))
    const wanted = [...needs('node-llama-cpp'), ...needs('koffi')].map(topLevel)
    expect(listed).toEqual([...new Set(wanted)].toSorted())
  })

  it('unpack what llama.cpp and koffi have to open as real files', () => {
    for (const folder of ['node-llama-cpp', '@node-llama-cpp', 'koffi', '@koromix']) {
      expect(packaging.asarUnpack).toContain(`node_modules/${folder}/**`)
    }
    expect(packaging.npmRebuild).toBe(false)
  })
})

describe('the packaged files alone', () => {
  it('run a run: they make a variant, load it, answer, grade and compare', async () => {
    // Far from the sources: what is missing must not be found further up.
    const folder = mkdtempSync(join(tmpdir(), 'assay-packaged-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { ours } = layOut(folder)
    expect(ours).toBeLessThan(8_000_000)
    expect(existsSync(join(folder, 'app/node_modules/react'))).toBe(false)

    const suite = { name: 'sum', prompts: [{ id: 'a', text: 'Calculate the sum of 12 and 30.', expected: '42' }] }
    writeFileSync(join(folder, 'sum.json'), JSON.stringify(suite))
    const cli = join(folder, 'app/out/main/cli.js')
    const assay = async (...args: readonly string[]) => {
      const options = { cwd: folder, env: { PATH: process.env['PATH'], ASSAY_HOME: join(folder, 'home') } }
      return (await promisify(execFile)(process.execPath, [cli, ...args], options)).stdout
    }
    const source = join(folder, 'resources/specimen/specimen-f16.gguf')
    const made = join(folder, 'specimen-q8.gguf')
    await assay('quantize', source, 'Q8_0', '--out', made)
    expect(existsSync(made)).toBe(true)
    const out = await assay('--json', 'run', 'sum.json', '--variants', source, made, '--max-tokens', '60')
    const { variants } = JSON.parse(out) as { variants: readonly { precision: unknown; n: number }[] }
    expect(variants.map(({ n }) => n)).toEqual([1, 1])
    expect(JSON.stringify(variants.map(({ precision }) => precision))).toMatch(/F16.*Q8_0/)
  })
})
