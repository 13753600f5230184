import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const sourceFolders = ['shared', 'electron', 'renderer']

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(join(root, folder))) {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) yield* sources(path)
    else if (/\.tsx?$/.test(name)) yield path
  }
}

interface Import {
  readonly file: string
  readonly specifier: string
  /** Repository path of a file of ours, or the bare specifier. */
  readonly target: string
  readonly typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? ''
    return { file, specifier, target: resolveSpecifier(file, specifier), typeOnly: match[1] !== undefined }
  })
}

function resolveSpecifier(file: string, specifier: string): string {
  if (specifier.startsWith('#shared/')) return specifier.replace('#shared/', 'shared/')
  if (specifier.startsWith('#core/')) return specifier.replace('#core/', 'electron/core/')
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(file), specifier))
  return specifier
}

const files = sourceFolders.flatMap((folder) => [...sources(folder)])
const imports = files.flatMap(importsOf)
const offenders = (test: (found: Import) => boolean) =>
  imports.filter(test).map(({ file, specifier }) => `${file} imports ${specifier}`)
const under = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`)

const pureLibraries = ['zod', 're2js', '@cfworker/json-schema', '@cortex-js/compute-engine', 'opencc-js']
const isPure = (target: string) => pureLibraries.some((library) => under(target, library))

describe('the rooms', () => {
  it('reads the sources it is meant to judge', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(imports.length).toBeGreaterThan(200)
  })

  it('keeps shared/ free of Node, the page and the lab', () => {
    expect(
      offenders(({ file, target }) => under(file, 'shared') && !under(target, 'shared') && !isPure(target)),
    ).toEqual([])
  })

  it('lets only the desktop host import electron', () => {
    const host = (file: string) => under(file, 'electron/main') || under(file, 'electron/preload')
    expect(offenders(({ file, specifier }) => specifier === 'electron' && !host(file))).toEqual([])
  })

  it('keeps the lab from knowing its hosts', () => {
    const inLabOrShared = (target: string) => under(target, 'electron/core') || under(target, 'shared')
    const isOurs = (target: string) => under(target, 'electron') || under(target, 'renderer') || under(target, 'test')
    expect(
      offenders(({ file, target }) => under(file, 'electron/core') && isOurs(target) && !inLabOrShared(target)),
    ).toEqual([])
  })

  it('lets nothing import a host', () => {
    const hosts = ['electron/main', 'electron/preload', 'electron/server', 'electron/cli']
    expect(offenders(({ file, target }) => hosts.some((host) => under(target, host) && !under(file, host)))).toEqual([])
  })

  it('keeps the page to shared/ and its own files', () => {
    const allowed = ['shared', 'renderer', 'resources/schemas']
    const isOurs = (specifier: string) => specifier.startsWith('.') || specifier.startsWith('#')
    const forbidden = ({ specifier, target }: Import) =>
      specifier.startsWith('node:') || (isOurs(specifier) && !allowed.some((folder) => under(target, folder)))
    expect(offenders((found) => under(found.file, 'renderer') && forbidden(found))).toEqual([])
  })

  it('gives the page no schemas: nothing that it loads loads zod', () => {
    const loaded = new Set(['renderer/main.tsx'])
    for (const file of loaded)
      for (const found of imports) if (found.file === file && !found.typeOnly) loaded.add(found.target)
    expect(loaded).toContain('shared/contract/client.ts')
    const carriers = imports.filter(({ file, target, typeOnly }) => loaded.has(file) && target === 'zod' && !typeOnly)
    expect(carriers.map(({ file }) => file)).toEqual([])
  })

  it('keeps what is heavy behind one door each, so that it is loaded when it is first needed', () => {
    const doors = [
      { library: /^(katex|mdast-util-|micromark)/, folder: 'renderer/text/formatted' },
      { library: /^(@codemirror|@lezer|style-mod)/, folder: 'renderer/screens/suites/editor/code' },
    ]
    for (const { library, folder } of doors) {
      expect(offenders(({ file, specifier }) => library.test(specifier) && !under(file, folder))).toEqual([])
      const inside = (path: string) => under(path, folder)
      const late = imports.filter(({ file, target, typeOnly }) => inside(target) && !inside(file) && !typeOnly)
      const early = late.filter(({ file, specifier }) =>
        new RegExp(`from '${specifier.replaceAll('.', '\\.')}'`).test(readFileSync(join(root, file), 'utf8')),
      )
      expect(early.map(({ file, specifier }) => `${file} imports ${specifier} at once`)).toEqual([])
    }
  })

  it('lets siblings in the lab meet engines through the port only', () => {
    const adapters = ['electron/core/engines/builtin', 'electron/core/engines/ollama']
    const inAdapter = (path: string) => adapters.some((adapter) => under(path, adapter))
    const root = (file: string) => file === 'electron/core/lab.ts' || file === 'electron/core/open-engines.ts'
    expect(offenders(({ file, target }) => inAdapter(target) && !inAdapter(file) && !root(file))).toEqual([])
  })

  it('lets no two folders of the page import each other, over others either', () => {
    // But for the screens: the shell loads them, and each puts its own line into the shell's top bar.
    const folder = (path: string) => /^renderer\/(?!screens\/)[^/]+(?=\/)/.exec(path)?.[0] ?? ''
    const reached = (from: string): Set<string> => {
      const found = new Set<string>()
      const open = [from]
      for (const at of open) {
        for (const { file, target } of imports) {
          const next = folder(target)
          if (folder(file) !== at || next === '' || next === at || found.has(next)) continue
          found.add(next)
          open.push(next)
        }
      }
      return found
    }
    const folders = new Set(files.map(folder).filter((name) => name !== ''))
    expect(folders).toContain('renderer/ui')
    expect([...folders].filter((name) => reached(name).has(name))).toEqual([])
  })

  it('has no default export', () => {
    const loose = files.filter((file) => /^export default /m.test(readFileSync(join(root, file), 'utf8')))
    expect(loose).toEqual([])
  })

  it('lists every folder of the second level in ARCHITECTURE.md, and gives it a README', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const folders = ['electron', 'shared', 'renderer', 'resources', 'electron/core'].flatMap((parent) =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent}/${entry.name}`),
    )
    const listed = (folder: string) => text.includes(`\`${folder.replace(/^electron\/core\//, '')}\``)
    expect(folders.filter((folder) => !listed(folder))).toEqual([])
    // The lab's README is ARCHITECTURE.md itself; whatever lies in the icons' folder is served with the page.
    const exempt = ['electron/core', 'resources/icons']
    const silent = folders.filter(
      (folder) => !exempt.includes(folder) && !readdirSync(join(root, folder)).includes('README.md'),
    )
    expect(silent).toEqual([])
  })
})

describe('the sources', () => {
  it('stay under 300 lines a file', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300)
    expect(long).toEqual([])
  })

  it('hold no loose ends', () => {
    const loose = files.filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(loose).toEqual([])
  })
})
