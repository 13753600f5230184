import type { EngineKind } from '#shared/domain/variant.ts'

const names: Readonly<Record<EngineKind, string>> = {
  builtin: 'built-in',
  ollama: 'Ollama',
  openai: 'OpenAI-compatible',
}

/** What an endpoint is called on the screen: its engine's name, or the name that the user gave it. */
export const endpointName = (endpoint: string, kind: EngineKind): string => (endpoint === kind ? names[kind] : endpoint)
