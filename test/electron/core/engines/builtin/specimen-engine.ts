import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createBuiltinEngine, type BuiltinEngineDeps } from '#core/engines/builtin/builtin-engine.ts'
import type { Engine } from '#core/engines/engine.ts'
import { readGguf } from '#core/gguf/read-gguf.ts'
import { resourcePath } from '#core/resources.ts'
import type { LoadSettings, Sampling } from '#shared/domain/engine.ts'
import { digest, endpointId, variantId } from '#shared/domain/ids.ts'
import type { VariantDetails } from '#shared/domain/variant.ts'

export const specimen = resourcePath('specimen', 'specimen-f16.gguf')
export const load: LoadSettings = { contextTokens: 512, threads: 1, batchTokens: null }
export const greedy: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 }
export const ask = (question: string): string => `<｜User｜>${question}<｜Assistant｜>`

/** What the lab's own listing says of a file, made from its header. */
export async function describeFile(path: string): Promise<VariantDetails> {
  const file = await readGguf(path)
  const sha256 = digest(createHash('sha256').update(readFileSync(path)).digest('hex'))
  const endpoint = endpointId('builtin')
  return {
    variant: {
      id: variantId(endpoint, path),
      endpoint,
      engine: 'builtin',
      ref: path,
      name: basename(path),
      family: 'specimen',
      precision: file.precision,
      digest: sha256,
      weightsDigest: sha256,
      sizeBytes: file.sizeBytes,
      parameters: file.parameters,
      architecture: file.architecture,
      contextTokens: file.contextTokens,
      capabilities: ['completion', 'thinking'],
      loaded: false,
      notes: file.notes,
    },
    tensors: file.tensors,
    template: file.chatTemplate,
    templateLanguage: file.chatTemplate === null ? null : 'jinja',
    parameters: {},
    geometry: file.geometry,
  }
}

export function specimenEngine(deps: Partial<BuiltinEngineDeps> = {}): Engine {
  const listFiles = async () => [(await describeFile(specimen)).variant]
  return createBuiltinEngine({ listFiles, describeFile, ...deps })
}
