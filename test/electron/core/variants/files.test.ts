import { copyFileSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resourcePath } from '#core/resources.ts'
import { variantFiles } from '#core/variants/files.ts'
import { LabError } from '#shared/domain/error.ts'
import { digestMemory } from '../../../fixtures/digest-memory.ts'
import { f16Tensor, llama, textValue, u32Value, writeGgufFile } from '../../../fixtures/gguf-file.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

const specimen = resourcePath('specimen', 'specimen-f16.gguf')

it('lists whole models and says what is wrong with the rest', async () => {
  const folder = tempFolder()
  const inner = join(folder, 'publisher', 'model')
  mkdirSync(inner, { recursive: true })
  copyFileSync(specimen, join(inner, 'specimen-f16.gguf'))
  copyFileSync(specimen, join(folder, 'cut.GGUF'))
  truncateSync(join(folder, 'cut.GGUF'), 1_000_000)
  writeFileSync(join(folder, 'text.gguf'), 'not a model')
  writeFileSync(join(folder, 'notes.txt'), 'not listed at all')
  symlinkSync(folder, join(folder, 'loop'))
  symlinkSync(join(folder, 'gone.gguf'), join(folder, 'dangling.gguf'))
  const tensors = [f16Tensor('blk.0.ffn_up.weight', [32, 4])]
  writeGgufFile(join(folder, 'part.gguf'), { metadata: [...llama, ['split.count', u32Value(3)]], tensors })
  writeGgufFile(join(folder, 'vision.gguf'), { metadata: [...llama, ['general.type', textValue('mmproj')]], tensors })

  const { variants, problems } = await variantFiles(digestMemory()).list([folder, join(folder, 'missing')])
  expect(variants).toHaveLength(1)
  expect(variants[0]).toMatchObject({
    id: `builtin:${join(inner, 'specimen-f16.gguf')}`,
    engine: 'builtin',
    name: 'specimen F16',
    family: 'specimen',
    precision: { name: 'F16' },
    digest: 'sha256:f127ca8123867b55e43b2c942356d31460525fa1ad6885ba9119d32d37a7364b',
    weightsDigest: 'sha256:f127ca8123867b55e43b2c942356d31460525fa1ad6885ba9119d32d37a7364b',
    sizeBytes: 7_927_040,
    parameters: 3_934_464,
    contextTokens: 512,
    capabilities: ['completion', 'thinking'],
  })
  const found = problems.map(({ path, error }) => `${path.slice(folder.length + 1)} ${error.code}`)
  expect(found.toSorted()).toEqual([
    'cut.GGUF GGUF_INVALID',
    'dangling.gguf MODEL_NOT_FOUND',
    'missing MODEL_NOT_FOUND',
    'part.gguf GGUF_INVALID',
    'text.gguf GGUF_INVALID',
    'vision.gguf GGUF_INVALID',
  ])
})

it('sees that a file has become another one', async () => {
  const path = join(tempFolder(), 'model.gguf')
  const files = variantFiles(digestMemory())
  copyFileSync(specimen, path)
  expect((await files.describe(path)).variant.name).toBe('specimen F16')
  writeGgufFile(path, { tensors: [f16Tensor('blk.0.ffn_up.weight', [32, 4])] })
  expect(await files.describe(path)).toMatchObject({
    variant: { name: 'model F16', parameters: 128, capabilities: ['completion'] },
    template: null,
    templateLanguage: null,
    geometry: null,
    tensors: [{ name: 'blk.0.ffn_up.weight', type: 'F16', shape: [32, 4] }],
  })
})

it('ends a listing when its signal says so, instead of listing it as a problem', async () => {
  const reason = new LabError('CANCELLED', 'enough')
  const folder = tempFolder()
  copyFileSync(specimen, join(folder, 'a.gguf'))
  const listing = variantFiles(digestMemory()).list([folder], { signal: AbortSignal.abort(reason) })
  await expect(listing).rejects.toBe(reason)
})
