import { appendFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resourcePath } from '#core/resources.ts'
import { digestFile } from '#core/variants/digest-file.ts'
import { LabError } from '#shared/domain/error.ts'
import { digestMemory } from '../../../fixtures/digest-memory.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

it('is the SHA-256 that sha256sum prints', async () => {
  const path = resourcePath('specimen', 'specimen-f16.gguf')
  expect(await digestFile(path)).toBe('sha256:f127ca8123867b55e43b2c942356d31460525fa1ad6885ba9119d32d37a7364b')
  const empty = join(tempFolder(), 'empty')
  writeFileSync(empty, '')
  expect(await digestFile(empty)).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

it('reads a file once, and again when it changed', async () => {
  const memory = digestMemory()
  const path = join(tempFolder(), 'file')
  writeFileSync(path, 'a')
  const first = await digestFile(path, { memory })
  await digestFile(path, { memory })
  expect(memory.misses).toHaveLength(1)
  writeFileSync(path, 'b')
  utimesSync(path, 1, 1)
  expect(await digestFile(path, { memory })).not.toBe(first)
  expect(memory.misses).toHaveLength(2)
})

it('does not remember a file that changes while it is read', async () => {
  const memory = digestMemory()
  const path = join(tempFolder(), 'file')
  writeFileSync(path, Buffer.alloc(3_000_000))
  const onProgress = () => appendFileSync(path, 'more')
  await expect(digestFile(path, { memory, onProgress })).rejects.toMatchObject({ code: 'CONFLICT' })
  await digestFile(path, { memory })
  expect(memory.misses).toHaveLength(2)
})

it('stops when its signal says so, and says which file is missing', async () => {
  const reason = new LabError('CANCELLED', 'enough')
  const path = resourcePath('specimen', 'specimen-f16.gguf')
  const controller = new AbortController()
  const digest = digestFile(path, { signal: controller.signal, onProgress: () => controller.abort(reason) })
  await expect(digest).rejects.toMatchObject({ name: 'AbortError' })
  await expect(digestFile('/none/here')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
})
