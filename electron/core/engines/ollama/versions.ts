import type { EngineFeatures } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'

/** A server's version, comparable. `number` counts major, minor and patch; pre-releases count as their release. */
export interface OllamaVersion {
  readonly text: string
  readonly number: number
}

/** What came with which release, as far as this adapter depends on it. Source: Ollama's history. */
const since = {
  /** `truncate` and `shift` can be switched off. Before, a prompt that is too long is cut and nobody is told. */
  refusesToCut: '0.12.6',
  logprobs: '0.12.11',
} as const

/**
 * The oldest server that can be measured with: the first that refuses a prompt which does not fit, and does not drop
 * old tokens during a long generation. What is older gives numbers for prompts that nobody asked.
 */
export const oldestSupported = since.refusesToCut

/** @throws LabError ENGINE_FAILED for a text that is no version */
export function parseVersion(text: string): OllamaVersion {
  const [, major, minor, patch] = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+].*)?$/.exec(text) ?? []
  if (major === undefined || minor === undefined || patch === undefined) {
    throw new LabError('ENGINE_FAILED', `Ollama gives its version as ${JSON.stringify(text.slice(0, 40))}.`, {
      hint: 'Check that the address is the one of an Ollama server.',
    })
  }
  const number = (Number(major) * 1e6 + Number(minor)) * 1e6 + Number(patch)
  // A build from source that nobody stamped calls itself 0.0.0: it is taken for a current one.
  return { text, number: number === 0 ? Number.MAX_SAFE_INTEGER : number }
}

const has = (version: OllamaVersion, feature: keyof typeof since): boolean =>
  version.number >= parseVersion(since[feature]).number

/** @throws LabError ENGINE_TOO_OLD */
export function featuresOf(version: OllamaVersion): EngineFeatures {
  if (!has(version, 'refusesToCut')) {
    throw new LabError('ENGINE_TOO_OLD', `This is Ollama ${version.text}; Assay needs ${oldestSupported} or newer.`, {
      hint: 'Update Ollama (https://ollama.com/download). Older ones cut long prompts without saying so.',
      data: { version: version.text, needed: oldestSupported },
    })
  }
  return {
    // The server refuses more than 20.
    maxAlternatives: has(version, 'logprobs') ? 20 : null,
    score: false,
    tokenIds: false,
    chat: true,
    // OLLAMA_NUM_PARALLEL cannot be asked for. At its default of 1 a second request would wait inside the server,
    // and its waiting would be measured.
    concurrency: 1,
    pull: true,
    create: true,
  }
}
