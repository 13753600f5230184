import { expect, it } from 'vitest'
import { createVariantIndex } from '#core/variants/variant-index.ts'
import type { Engine } from '#core/engines/engine.ts'
import { endpointId, variantId } from '#shared/domain/ids.ts'
import { sampleVariant } from '../../cli/sample-comparison.ts'

const ollama = endpointId('ollama')

/** The two calls that naming needs, with tags as Ollama lists them. */
function engineWith(...refs: string[]): Engine {
  const variants = refs.map((ref) =>
    sampleVariant('F16', { id: variantId(ollama, ref), endpoint: ollama, ref, name: ref, family: 'f' }),
  )
  const engine = {
    endpoint: ollama,
    status: () => Promise.resolve({ state: 'ready' }),
    list: () => Promise.resolve(variants),
  }
  return engine as unknown as Engine
}

const indexOf = (...engines: readonly Engine[]) =>
  createVariantIndex({ engines: () => engines, builtin: endpointId('builtin'), made: () => null, onNews: () => {} })

it('finds a tag by its name without latest, as Ollama does', async () => {
  const index = indexOf(engineWith('mine:latest', 'mine:q4', 'other:latest'))
  expect((await index.find('mine')).ref).toBe('mine:latest')
  expect((await index.find('Other')).ref).toBe('other:latest')
  await expect(index.find('min')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
})

it('says that an endpoint does not answer, where the name may be one of its tags', async () => {
  const reason = 'No Ollama answers at http://127.0.0.1:9 (ECONNREFUSED).'
  const away = { endpoint: ollama, status: () => Promise.resolve({ state: 'absent', reason }) } as unknown as Engine
  await expect(indexOf(engineWith('mine:q4'), away).find('a-spec:q2_K')).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: `There is no variant named a-spec:q2_K among those that answer. ${reason}`,
  })
})
