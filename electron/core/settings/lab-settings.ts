import { join } from 'node:path'
import * as z from 'zod'
import { settingsPatchSchema } from '#shared/contract/settings-patch.ts'
import type { Settings } from '#shared/contract/settings-view.ts'
import { LabError } from '#shared/domain/error.ts'
import { noRunDefaults } from '#shared/domain/words.ts'
import { isLoopback } from '../is-loopback.ts'
import type { SettingsRepository } from '../store/store.ts'
import { checkFolders } from './check-folders.ts'

const key = 'settings'
const storedSchema = settingsPatchSchema

/** An Ollama server the lab may talk to. */
export interface EndpointSetting {
  readonly id: string
  readonly kind: 'ollama'
  readonly url: string
  readonly fromEnvironment: boolean
}

/** The user's settings: what is stored, over what the environment says. */
export interface LabSettings {
  get(): Settings
  /** @throws LabError BAD_REQUEST */
  set(patch: Patch): Settings
  /** Another process has set something: what hangs on it follows. */
  setElsewhere(): void
  /** Where GGUF files are looked for, the lab's own folder first. */
  modelFolders(): readonly string[]
  endpoints(): readonly EndpointSetting[]
}

export interface SettingsDeps {
  readonly repository: SettingsRepository
  readonly home: string
  /** What OLLAMA_HOST means, or Ollama's own default. */
  readonly ollamaUrl: string
  readonly ollamaFromEnvironment: boolean
  /** Logical cores of this machine: more threads than these only wait for each other. */
  readonly cores: number
  /** Told after every change, by whatever process. */
  readonly onChange: () => void
}

export function openSettings({
  repository,
  home,
  ollamaUrl,
  ollamaFromEnvironment,
  cores,
  onChange,
}: SettingsDeps): LabSettings {
  const stored = () => storedSchema.safeParse(repository.get(key) ?? {}).data ?? {}
  const standard: EndpointSetting = {
    id: 'ollama',
    kind: 'ollama',
    url: ollamaUrl,
    fromEnvironment: ollamaFromEnvironment,
  }

  const endpoints = (): readonly EndpointSetting[] => {
    const named = (stored().endpoints ?? []).map((endpoint) => ({ ...endpoint, fromEnvironment: false }))
    // The environment is the nearer word; else a stored endpoint of the standard's name takes its place.
    const replaced = !ollamaFromEnvironment && named.some(({ id }) => id === standard.id)
    return [...(replaced ? [] : [standard]), ...named.filter(({ id }) => replaced || id !== standard.id)]
  }
  const modelFolders = () => [join(home, 'variants'), ...(stored().modelFolders ?? [])]
  const get = (): Settings => {
    const {
      builtinThreads = 1,
      reviewer = '',
      theme = 'system',
      hiddenColumns = {},
      runDefaults = noRunDefaults,
      answers = 'formatted',
    } = stored()
    return {
      endpoints: endpoints(),
      modelFolders: stored().modelFolders ?? [],
      // Stored on a machine that had more, perhaps.
      builtinThreads: Math.min(builtinThreads, cores),
      cores,
      reviewer,
      theme,
      runDefaults,
      hiddenColumns,
      answers,
      leavesMachine: endpoints()
        .map(({ url }) => new URL(url))
        .filter((url) => !isLoopback(url))
        .map(({ host }) => host),
    }
  }
  return {
    get,
    endpoints,
    modelFolders,
    setElsewhere: onChange,
    set(patch) {
      checkPatch(patch, stored().modelFolders ?? [], cores)
      repository.set(key, { ...stored(), ...patch })
      onChange()
      return get()
    },
  }
}

type Patch = z.output<typeof settingsPatchSchema>

/** Folders that are kept already are not looked at again: one may be on a disk that is away. */
function checkPatch(patch: Patch, knownFolders: readonly string[], cores: number): void {
  checkNames(patch.endpoints ?? [])
  checkThreads(patch.builtinThreads ?? 1, cores)
  checkFolders((patch.modelFolders ?? []).filter((folder) => !knownFolders.includes(folder)))
}

function checkNames(endpoints: readonly { readonly id: string }[]): void {
  const ids = endpoints.map(({ id }) => id)
  if (new Set(ids).size === ids.length && !ids.includes('builtin')) return
  throw new LabError('BAD_REQUEST', 'Two endpoints have the same name, or one is called builtin.', {
    hint: 'Give each its own name.',
  })
}

function checkThreads(threads: number, cores: number): void {
  if (threads <= cores) return
  const what = cores === 1 ? 'one core' : `${cores} cores`
  throw new LabError('BAD_REQUEST', `${threads} threads are more than this machine can run at once: it has ${what}.`, {
    hint: `Choose at most ${cores}. Fewer are often faster.`,
  })
}
