import { answerFrom, json, recorded, recordedJson, type Reply, type SeenRequest } from './playback-server.ts'

export const modelOf = ({ body }: SeenRequest) => (body['model'] ?? body['name'] ?? '') as string

/** A server's memory: what is loaded, and what each request does to it. Model facts come from the recordings. */
export function memoryServer(initially: readonly string[], options: { readonly keeps?: boolean } = {}) {
  const loaded = new Set(initially)
  const models = answerFrom(['tags', 'version', 'show-f16', 'show-native', 'show-plain', 'show-q4_K_M'])
  const psRow = (name: string) => {
    const tags = recordedJson('tags')['models'] as { name: string; digest: string }[]
    const { digest } = tags.find((tag) => tag.name === name) ?? { digest: 'f'.repeat(64) }
    return { name, model: name, digest, size: 16_284_383, size_vram: 0, context_length: 512 }
  }
  const answer = (request: SeenRequest): Reply | undefined => {
    const model = modelOf(request)
    if (request.path === '/api/ps') return json({ models: [...loaded].map(psRow) })
    if (request.path === '/api/generate' && request.body['keep_alive'] === 0) {
      if (options.keeps !== true) loaded.delete(model)
      return recorded('unload')
    }
    if (request.path === '/api/generate') loaded.add(model)
    if (request.path === '/api/generate') return recorded('load')
    if (request.path === '/api/chat') {
      const shared = [...loaded].some((name) => name !== model && name.startsWith('specimen') && name.endsWith('f16'))
      loaded.add(model)
      return recorded(shared ? 'native-render-after-go' : 'native-render')
    }
    return models(request)
  }
  return { answer, loaded }
}
