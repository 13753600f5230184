import { isMap, parseDocument } from 'yaml'
import type { HashedSuite } from '#shared/domain/suite.ts'
import { hashSuite, withoutHashes } from './hash-suite.ts'
import { parseSuite } from './parse-suite.ts'

/** Longest name a suite may have. */
const maxNameChars = 100

/** The first of `sums copy`, `sums copy 2` … that is free. */
export function freeCopyName(name: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const ending = number === 1 ? ' copy' : ` copy ${number}`
    const candidate = `${name.slice(0, maxNameChars - ending.length).trimEnd()}${ending}`
    if (!isTaken(candidate)) return candidate
  }
}

/** The same suite under another name. */
export const renamedSuite = (suite: HashedSuite, name: string): HashedSuite =>
  hashSuite({ ...withoutHashes(suite), name })

/**
 * What a user wrote as YAML with another name in it, comments kept; null where that would not be the renamed suite, for
 * example because the text names no suite at a place that can be changed.
 */
export function renamedSource(text: string, renamed: HashedSuite): string | null {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false })
  if (document.errors.length > 0 || !isMap(document.contents)) return null
  document.set('name', renamed.name)
  const written = document.toString({ lineWidth: 0 })
  const parsed = parseSuite({ text: written, format: 'yaml', file: renamed.name })
  return parsed.suite?.hash === renamed.hash ? written : null
}
