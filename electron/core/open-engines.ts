import type { Engine } from './engines/engine.ts'
import { createBuiltinEngine } from './engines/builtin/builtin-engine.ts'
import { createOllamaEngine } from './engines/ollama/create-ollama-engine.ts'
import { parseOllamaHost } from './engines/ollama/parse-ollama-host.ts'
import { readGguf } from './gguf/read-gguf.ts'
import { LabError } from '#shared/domain/error.ts'
import { endpointId } from '#shared/domain/ids.ts'
import { openSettings, type EndpointSetting, type LabSettings } from './settings/lab-settings.ts'
import type { Store } from './store/store.ts'
import type { VariantFiles } from './variants/files.ts'
import { ensureSpecimen } from './variants/specimen.ts'
import { builtinEndpoint, createVariantIndex, type VariantIndex } from './variants/variant-index.ts'
import type { SpawnWorker } from './workers/worker-process.ts'

export interface EnginesOptions {
  readonly store: Store
  readonly files: VariantFiles
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  readonly spawn: SpawnWorker
  readonly cores: number
  /** Called when an endpoint's list is another one than was told last. */
  readonly onNews: () => void
}

export interface OpenedEngines {
  readonly settings: LabSettings
  readonly variants: VariantIndex
  close(): Promise<void>
}

/** The engines the settings name: the built-in one always, one for every Ollama endpoint. Nothing is contacted yet. */
export function openEngines(options: EnginesOptions): OpenedEngines {
  const { store, home, env } = options
  const environment = ollamaFromEnvironment(env)
  const settings = openSettings({
    repository: store.settings,
    home,
    ollamaUrl: environment.url,
    cores: options.cores,
    ollamaFromEnvironment: (env['OLLAMA_HOST'] ?? '') !== '',
    onChange: () => dropUnnamed(),
  })
  const open = new Map<string, Engine>()
  const engine = (key: string, make: () => Engine): Engine => {
    const found = open.get(key) ?? make()
    open.set(key, found)
    return found
  }
  const wanted = () => [
    { key: `builtin ${settings.get().builtinThreads}`, make: () => openBuiltin(options, settings) },
    ...settings
      .endpoints()
      .map((endpoint) => ({ key: `${endpoint.id} ${endpoint.url}`, make: () => openOllama(endpoint, environment) })),
  ]
  /** What the settings no longer name is closed; it is made anew when it is named again. */
  const dropUnnamed = () => {
    const keys = new Set(wanted().map(({ key }) => key))
    for (const [key, dropped] of open) {
      if (keys.has(key)) continue
      open.delete(key)
      void dropped.close()
    }
  }
  return {
    settings,
    variants: createVariantIndex({
      engines: () => wanted().map(({ key, make }) => engine(key, make)),
      builtin: builtinEndpoint,
      made: (weights) => store.variants.madeFrom(weights),
      onNews: options.onNews,
    }),
    async close() {
      await Promise.all([...open.values()].map((opened) => opened.close()))
    },
  }
}

function openBuiltin({ store, files, home, spawn }: EnginesOptions, settings: LabSettings): Engine {
  return createBuiltinEngine({
    async listFiles() {
      const specimen = await ensureSpecimen({ home, files, memory: store.variants, precisions: ['F16'] })
      const { variants } = await files.list(settings.modelFolders())
      return [...specimen, ...variants.filter(({ digest }) => specimen.every((known) => known.digest !== digest))]
    },
    describeFile: (path) => files.describe(path),
    threads: settings.get().builtinThreads,
    spawn,
  })
}

function openOllama({ id, url, fromEnvironment }: EndpointSetting, { problem }: EnvironmentHost): Engine {
  const options = {
    endpoint: endpointId(id),
    url,
    checkFile: (path: string, signal: AbortSignal) => readGguf(path, signal),
  }
  if (!fromEnvironment || problem === null) return createOllamaEngine(options)
  // Nothing is asked at an address that nobody meant; every call says why.
  return createOllamaEngine({ ...options, fetch: () => Promise.reject(problem) })
}

/** Where OLLAMA_HOST points to. */
interface EnvironmentHost {
  readonly url: string
  /** Why it cannot be read: then `url` only stands in for it. The rest of the lab works on. */
  readonly problem: LabError | null
}

function ollamaFromEnvironment(env: NodeJS.ProcessEnv): EnvironmentHost {
  try {
    return { url: parseOllamaHost(env).href, problem: null }
  } catch (cause) {
    const message = cause instanceof Error ? `${cause.message}.` : 'OLLAMA_HOST is not an address.'
    const hint = 'Correct OLLAMA_HOST, for example 127.0.0.1:11434, or unset it.'
    return { url: parseOllamaHost({}).href, problem: new LabError('ENGINE_ABSENT', message, { cause, hint }) }
  }
}
