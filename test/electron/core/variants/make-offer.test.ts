import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Engine } from '#core/engines/engine.ts'
import { resourcePath } from '#core/resources.ts'
import { variantFiles } from '#core/variants/files.ts'
import { makeOffer } from '#core/variants/make-offer.ts'
import { quantize } from '#core/variants/quantize.ts'
import { makeFolder } from '#core/variants/part-file.ts'
import { simulateFp8 } from '#core/variants/simulate-fp8.ts'
import { endpointId } from '#shared/domain/ids.ts'
import { digestMemory } from '../../../fixtures/digest-memory.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

const specimen = resourcePath('specimen', 'specimen-f16.gguf')
const files = variantFiles(digestMemory())
const signal = new AbortController().signal

/** An engine of which only these parts are asked; anything else fails the test. */
const source = { kind: 'builtin', endpoint: endpointId('builtin') } as Engine
const offerFor = async (path: string, home: string) => {
  const { variant } = await files.describe(path)
  return makeOffer(variant, 'block', { home, source, registry: null }, signal)
}

describe('what can be made of a variant', () => {
  it('is every type, with a size near what is then written, where it will lie, and writes nothing itself', async () => {
    const home = tempFolder()
    const offer = await offerFor(specimen, home)
    expect(offer.refusal).toBeNull()
    expect(offer.types.map(({ type }) => type)).toEqual(
      ['Q8_0', 'FP8-E4M3', 'FP8-E5M2', 'Q6_K', 'Q5_K_M', 'Q4_K_M', 'Q4_0', 'Q3_K_M', 'Q2_K'], // finest first
    )
    expect(existsSync(join(home, 'variants'))).toBe(false)

    const planned = offer.types.find(({ type }) => type === 'Q8_0')
    expect(planned).toMatchObject({ file: join(home, 'variants', 'specimen-Q8_0.gguf'), exists: false, refusal: null })
    await makeFolder(join(home, 'variants'))
    const { sizeBytes } = await quantize({ input: specimen, output: planned?.file ?? '', type: 'Q8_0' })
    expect(Math.abs((planned?.expectedBytes ?? 0) - sizeBytes) / sizeBytes).toBeLessThan(0.1)

    const again = await offerFor(specimen, home)
    expect(again.types.filter(({ exists }) => exists).map(({ type }) => type)).toEqual(['Q8_0'])
  })

  it('is nothing where the source is quantized already, and says why', async () => {
    const output = join(tempFolder(), 'a.gguf')
    await quantize({ input: specimen, output, type: 'Q2_K' })
    const { types, refusal } = await offerFor(output, tempFolder())
    expect(types).toEqual([])
    expect(refusal).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('quantized already') })
  })

  it('is no FP8 of what simulates FP8 already', async () => {
    const output = join(tempFolder(), 'a.gguf')
    await simulateFp8({ input: specimen, output, type: 'FP8-E4M3' })
    const { types } = await offerFor(output, tempFolder())
    expect(types.filter(({ refusal }) => refusal !== null).map(({ type }) => type)).toEqual(['FP8-E4M3', 'FP8-E5M2'])
  })

  it('names the tags that a registered file must not replace, and no engine that does not answer', async () => {
    const { variant } = await files.describe(specimen)
    const answering = {
      endpoint: endpointId('ollama'),
      models: {},
      status: () => Promise.resolve({ state: 'ready' }),
      list: () => Promise.resolve([{ ref: 'specimen:f16' }]),
    } as unknown as Engine
    const silent = { ...answering, status: () => Promise.resolve({ state: 'absent' }) } as unknown as Engine
    const offer = (registry: Engine) => makeOffer(variant, 'block', { home: tempFolder(), source, registry }, signal)
    expect((await offer(answering)).registry).toEqual({ endpoint: 'ollama', tags: ['specimen:f16'] })
    expect((await offer(silent)).registry).toBeNull()
  })
})
