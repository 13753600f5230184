import { createHash } from 'node:crypto'
import { digest, type Digest, type SuiteHash } from '#shared/domain/ids.ts'
import type { HashedPrompt, HashedSuite, Prompt, Suite } from '#shared/domain/suite.ts'

/**
 * Gives a suite and each prompt their digests: SHA-256 of the canonical JSON. A prompt's covers what could change its
 * result (text, system, grader, probe) and not its id, tags or language, so that renaming costs no generation.
 */
export function hashSuite(suite: Suite): HashedSuite {
  const hash = digestOf(suite) as SuiteHash
  return { ...suite, hash, prompts: suite.prompts.map(hashPrompt) }
}

function hashPrompt(prompt: Prompt): HashedPrompt {
  const { text, system, grader, probe } = prompt
  return { ...prompt, contentHash: digestOf({ text, system, grader, probe }) }
}

/** A hashed suite back in canonical form. */
export function withoutHashes(suite: HashedSuite): Suite {
  const { hash: _, prompts, ...rest } = suite
  return { ...rest, prompts: prompts.map(({ contentHash: __, ...prompt }) => prompt) }
}

function digestOf(value: unknown): Digest {
  return digest(createHash('sha256').update(canonicalJson(value)).digest('hex'))
}

/** JSON with sorted keys, without white space and without absent values: equal data, equal text. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}
