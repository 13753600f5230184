import { execFile } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readTextFile } from '../../../electron/cli/read-text-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay text 中文 '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('reads a file, without the mark that some editors put first', async () => {
  const path = join(folder, 'suite.csv')
  await writeFile(path, '\uFEFFid,question\n1,你好\n')
  expect(await readTextFile(path)).toBe('id,question\n1,你好\n')
})

it.each(['utf-16le', 'utf-16be'])('reads %s with its mark, as spreadsheets write it', async (encoding) => {
  const path = join(folder, 'suite.csv')
  const bytes = Buffer.from('\uFEFFid\tquestion\n1\t你好\n', 'utf16le')
  await writeFile(path, encoding === 'utf-16le' ? bytes : bytes.swap16())
  expect(await readTextFile(path)).toBe('id\tquestion\n1\t你好\n')
})

describe('what is no text file', () => {
  it('is refused when a folder', () =>
    expect(readTextFile(folder)).rejects.toMatchObject({ code: 'BAD_REQUEST', message: `${folder} is a folder.` }))

  it('is refused when in another encoding, with the line', async () => {
    const path = join(folder, 'latin1.csv')
    await writeFile(path, Buffer.from('id,question\n1,caf\xe9\n', 'latin1'))
    await expect(readTextFile(path)).rejects.toThrow('is not UTF-8 text (line 2)')
  })

  it('is refused when larger than any suite, before it is read', async () => {
    const path = join(folder, 'huge.yaml')
    await writeFile(path, '# a suite\n'.repeat(100))
    await truncate(path, 3 * 1024 ** 3)
    await expect(readTextFile(path)).rejects.toThrow('is larger than 256 MB')
  })

  it.skipIf(process.platform === 'win32')(
    'is refused when a pipe that nobody writes to or an endless device',
    async () => {
      const path = join(folder, 'pipe.yaml')
      await promisify(execFile)('mkfifo', [path])
      await expect(readTextFile(path)).rejects.toThrow('is not a file')
      await expect(readTextFile('/dev/zero')).rejects.toThrow('is not a file')
    },
  )
})
