import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { libraryRoot, locateLibrary } from '#core/engines/builtin/locate-library.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-library-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the library', () => {
  it('is found here, with the versions of both', () => {
    expect(locateLibrary(libraryRoot(), process)).toEqual({
      state: 'ready',
      version: expect.stringMatching(/^node-llama-cpp 3\.\d+\.\d+, llama\.cpp v\d/) as string,
    })
  })

  it('is absent, with what to do, where there is no binary for the machine', () => {
    const root = libraryRoot()
    const states = [
      locateLibrary(root, { platform: 'sunos', arch: 'x64' }),
      locateLibrary(null, process),
      // Its package is not even listed for this machine's lockfile, so it is not on disk.
      locateLibrary(folder, { platform: 'win32', arch: 'arm64' }),
    ]
    for (const library of states) {
      expect(library).toMatchObject({ state: 'absent', hint: expect.stringContaining('Ollama') as string })
    }
    expect(states.map((library) => library.state === 'absent' && library.reason)).toEqual([
      'node-llama-cpp has no llama.cpp for sunos on x64.',
      'node-llama-cpp is not installed.',
      'llama.cpp for win32 on arm64 is not installed (@node-llama-cpp/win-arm64).',
    ])
  })

  it('is absent where an empty package stands in for the binary', () => {
    mkdirSync(join(folder, '@node-llama-cpp', 'linux-x64'), { recursive: true })
    writeFileSync(join(folder, '@node-llama-cpp', 'linux-x64', 'package.json'), '{}')
    const library = locateLibrary(join(folder, 'node-llama-cpp'), { platform: 'linux', arch: 'x64' })
    expect(library.state).toBe('absent')
  })
})
