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

function digestOf(value: object): Digest {
  const hash = createHash('sha256')
  let waiting = ''
  writeCanonical(value, (text) => {
    waiting += text
    if (waiting.length < pieceChars) return
    hash.update(waiting)
    waiting = ''
  })
  return digest(hash.update(waiting).digest('hex'))
}

/** Hashed so much at a time: the whole text of a large suite, and all that it is put together from, would fill memory. */
const pieceChars = 64 * 1024

/** JSON with sorted keys, without white space and without absent values: equal data, equal text. In pieces, as they come. */
function writeCanonical(value: unknown, write: (text: string) => void): void {
  if (typeof value !== 'object' || value === null) return write(JSON.stringify(value))
  if (Array.isArray(value)) {
    write('[')
    for (const [index, item] of value.entries()) {
      if (index > 0) write(',')
      writeCanonical(item ?? null, write)
    }
    return write(']')
  }
  write('{')
  for (const [index, [key, item]] of sortedEntries(value).entries()) {
    write(`${index === 0 ? '' : ','}${JSON.stringify(key)}:`)
    writeCanonical(item, write)
  }
  write('}')
}

const sortedEntries = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
