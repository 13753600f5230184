import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { variantWords } from '../../../electron/cli/variant-words.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'assay-words-'))
  await writeFile(join(cwd, 'a,b.gguf'), '')
})
afterAll(() => rm(cwd, { recursive: true, force: true }))

const words = async (...variants: string[]) => (await variantWords(cwd, { variants })).variants

it('takes a list with commas, as the README writes it', async () => {
  expect(await words('ollama:r1:7b-fp16,ollama:r1-7b:q4_K_M', 'r1-fp8')).toEqual([
    'ollama:r1:7b-fp16',
    'ollama:r1-7b:q4_K_M',
    'r1-fp8',
  ])
  expect(await words('x.gguf, y.gguf')).toEqual([join(cwd, 'x.gguf'), join(cwd, 'y.gguf')])
})

it('leaves a file with a comma in its name whole', async () => {
  expect(await words('a,b.gguf')).toEqual([join(cwd, 'a,b.gguf')])
})
