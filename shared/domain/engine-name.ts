import type { EngineKind } from './variant.ts'

const names: Readonly<Record<EngineKind, string>> = {
  builtin: 'built-in',
  ollama: 'Ollama',
  openai: 'OpenAI-compatible',
}

export const engineName = (kind: EngineKind): string => names[kind]

/** What an endpoint is called: its engine's name, or the name that the user gave it. */
export const endpointName = (endpoint: string, kind: EngineKind): string => (endpoint === kind ? names[kind] : endpoint)

/** The engine and, where it is not the standard one, the endpoint: `Ollama at gpu-box`. */
export const engineAt = (kind: EngineKind, endpoint: string): string =>
  endpoint === kind ? names[kind] : `${names[kind]} at ${endpoint}`
