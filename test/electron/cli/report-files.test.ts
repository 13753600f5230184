import { mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeWhole } from '../../../electron/cli/report-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'assay-files-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('replaces a file and leaves nothing beside it', async () => {
  const path = join(folder, 'report.html')
  await writeWhole(path, 'one')
  await writeWhole(path, 'two')
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(folder)).toEqual(['report.html'])
})

it('writes through a link instead of replacing it', async () => {
  await writeFile(join(folder, 'real'), 'old')
  await symlink(join(folder, 'real'), join(folder, 'link'))
  await writeWhole(join(folder, 'link'), 'new')
  expect(await readFile(join(folder, 'real'), 'utf8')).toBe('new')
})

it.skipIf(process.platform === 'win32')('never puts a file in the place of a device', async () => {
  await writeWhole('/dev/null', 'text')
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
})

it('makes no folder that nobody asked for', async () => {
  await expect(writeWhole(join(folder, 'typo', 'report.html'), 'x')).rejects.toMatchObject({ code: 'ENOENT' })
})

it('names the file that was asked for where it cannot be written, and leaves no part', async () => {
  const path = join(folder, 'missing/report.html')
  await expect(writeWhole(path, 'text')).rejects.toMatchObject({ code: 'ENOENT', path })
  expect(await readdir(folder)).toEqual([])
})
