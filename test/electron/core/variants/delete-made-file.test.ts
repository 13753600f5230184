import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deleteMadeFile, isMadeFile } from '#core/variants/delete-made-file.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

function homeWith(...names: string[]): { readonly home: string; readonly at: (name: string) => string } {
  const home = tempFolder()
  const at = (name: string) => join(home, name)
  mkdirSync(at('variants/specimen-0123'), { recursive: true })
  mkdirSync(at('variants-of-mine'))
  for (const name of names) writeFileSync(at(name), 'GGUF')
  return { home, at }
}

describe('a file that Assay made', () => {
  it('goes together with the digest beside it, and nothing else does', async () => {
    const names = ['variants/a.gguf', 'variants/a.gguf.sha256', 'variants/b.gguf']
    const { home, at } = homeWith(...names)
    await deleteMadeFile(at('variants/a.gguf'), home)
    expect(names.map((name) => existsSync(at(name)))).toEqual([false, false, true])
  })

  it('is one in a folder below the lab’s variants', async () => {
    const { home, at } = homeWith('variants/specimen-0123/a.gguf')
    expect(await isMadeFile(at('variants/specimen-0123/a.gguf'), home)).toBe(true)
  })

  it.each([
    ['beside the folder', 'mine.gguf'],
    ['in a folder whose name begins the same', 'variants-of-mine/a.gguf'],
    ['reached by going up', 'variants/../mine.gguf'],
    ['of another kind', 'variants/a.txt'],
  ])('is not one %s', async (_where, name) => {
    const { home, at } = homeWith('mine.gguf', 'variants-of-mine/a.gguf', 'variants/a.txt')
    await expect(deleteMadeFile(`${home}/${name}`, home)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(existsSync(at(name))).toBe(true)
  })

  it('is not one that a link in the folder only points to', async () => {
    const { home, at } = homeWith('mine.gguf')
    symlinkSync(at('mine.gguf'), at('variants/link.gguf'))
    await expect(deleteMadeFile(at('variants/link.gguf'), home)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(existsSync(at('mine.gguf'))).toBe(true)
  })
})
