import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { homeAt, openHome } from '#core/store/home.ts'
import { tempFolder } from './store-fixtures.ts'

let temp: ReturnType<typeof tempFolder>
beforeEach(() => {
  temp = tempFolder()
})
afterEach(() => {
  chmodSync(temp.folder, 0o700)
  temp.remove()
})

it('is what was said, else ASSAY_HOME, and is made with the folders in it', () => {
  const said = join(temp.folder, 'a', 'said')
  const variable = join(temp.folder, 'variable')
  expect(openHome(said, { ASSAY_HOME: variable }).folder).toBe(said)
  expect(existsSync(variable)).toBe(false)
  const home = openHome(null, { ASSAY_HOME: variable })
  expect(home).toEqual({
    folder: variable,
    storePath: join(variable, 'assay.sqlite'),
    variantsFolder: join(variable, 'variants'),
    backupsFolder: join(variable, 'backups'),
  })
  expect(existsSync(home.variantsFolder) && existsSync(home.backupsFolder)).toBe(true)
  expect(openHome(variable, {})).toEqual(home)
})

it('is Assay in the user’s own folders by the platform’s convention where nothing is said', () => {
  const { folder } = homeAt(null, {})
  expect(isAbsolute(folder)).toBe(true)
  expect(relative(homedir(), folder).startsWith('..')).toBe(false)
  expect(folder).toMatch(/Assay([\\/]Data)?$/)
  expect(folder).not.toMatch(/nodejs/)
})

it('is an absolute folder even when said as a relative one', () => {
  expect(isAbsolute(homeAt('somewhere', {}).folder)).toBe(true)
})

it('says what to do when a file is in the way', () => {
  const file = join(temp.folder, 'file')
  writeFileSync(file, '')
  for (const path of [file, join(file, 'deeper')]) {
    expect(() => openHome(path, {})).toThrow(
      expect.objectContaining({
        code: 'READ_ONLY',
        message: expect.stringContaining('a file is in its place') as string,
        hint: 'Choose another one with --home or ASSAY_HOME.',
      }),
    )
  }
})

it.skipIf(process.platform === 'win32')('says what to do when the folder cannot be written', () => {
  chmodSync(temp.folder, 0o555)
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    expect(() => openHome(temp.folder, {})).toThrow(expect.objectContaining({ code: 'READ_ONLY' }))
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})
