import { dereference, ignoredKeyword, schemaArrayKeyword, schemaMapKeyword, Validator } from '@cfworker/json-schema'
import type { Schema } from '@cfworker/json-schema'
import { compilePattern } from './linear-pattern.ts'

/** Longest JSON that is checked, in characters; a longer answer is not what the prompt asked for. */
const maxJsonChars = 65_536
/** Reads of schema keywords in one check; small schemas use hundreds, hostile ones never end. */
const maxSchemaReads = 2_000_000

/** Formats checked by the library with patterns that cannot run away. Others are annotations, as the standard has it. */
const formats = new Set(['date', 'time', 'date-time', 'duration', 'email', 'ipv4', 'ipv6', 'uuid', 'hostname'])

/** What the answer holds: the answer itself, or else its last fenced block, as JSON. Null where neither parses. */
export function readJson(answer: string): { readonly text: string; readonly value: unknown } | null {
  const fences = [...answer.matchAll(/^[ \t]*(?:```|~~~)/gm)].map(({ index }) => index)
  const blocks: string[] = []
  for (let at = 0; at + 1 < fences.length; at += 2) blocks.push(answer.slice(fences[at], fences[at + 1]))
  const block = blocks.at(-1)
  const candidates = [answer, ...(block === undefined ? [] : [block.replace(/^[^\n]*\n?/, '')])]
  for (const candidate of candidates) {
    const text = candidate.trim()
    if (text === '' || text.length > maxJsonChars) continue
    try {
      return { text, value: JSON.parse(text) as unknown }
    } catch {
      // Not JSON: the next candidate may be.
    }
  }
  return null
}

/**
 * Whether a value satisfies a JSON Schema (2020-12).
 * @throws RangeError where the schema cannot be used: unresolved references, bad patterns, or work beyond all bounds
 */
export function satisfies(value: unknown, schema: Readonly<Record<string, unknown>>): boolean {
  try {
    const rewritten = withLinearPatterns(schema, stringsOf(value))
    return new Validator(metered(rewritten) as Schema, '2020-12', true).validate(value).valid
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : 'the schema cannot be used', { cause: error })
  }
}

/** What is wrong with a schema before any answer is there: a sentence, or null. */
export function schemaProblem(schema: Readonly<Record<string, unknown>>): string | null {
  try {
    const lookup = dereference(metered(withLinearPatterns(schema, { values: [], keys: [] })) as Schema)
    for (const found of Object.values(lookup)) {
      if (typeof found === 'boolean' || found.$ref === undefined) continue
      if (lookup[found.__absolute_ref__ ?? found.$ref] === undefined) return `unresolved reference ${found.$ref}`
    }
    return null
  } catch (error) {
    return error instanceof Error ? error.message : 'the schema cannot be used'
  }
}

interface Strings {
  readonly values: readonly string[]
  readonly keys: readonly string[]
}

function stringsOf(value: unknown): Strings {
  const values = new Set<string>()
  const keys = new Set<string>()
  const waiting = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string') values.add(next)
    if (typeof next !== 'object' || next === null) continue
    if (!Array.isArray(next)) for (const key of Object.keys(next)) keys.add(key)
    for (const child of Object.values(next)) waiting.push(child)
  }
  return { values: [...values], keys: [...keys] }
}

type Keywords = Record<string, unknown>

/**
 * The validator runs `pattern` and `patternProperties` on JavaScript's backtracking engine. Rewritten here into plain
 * `enum` and `properties` for the strings that this value holds, they mean the same and are matched in linear time.
 */
function withLinearPatterns(schema: unknown, strings: Strings): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const source = schema as Keywords
  const result: Keywords = {}
  for (const [keyword, value] of Object.entries(source)) {
    if (keyword === 'pattern' || keyword === 'patternProperties') continue
    if (keyword === 'format' && !formats.has(String(value))) continue
    result[keyword] = rewriteKeyword(keyword, value, strings)
  }
  if (source['pattern'] !== undefined) addPattern(result, source['pattern'], strings)
  const byPattern = source['patternProperties']
  if (typeof byPattern === 'object' && byPattern !== null) addPatternProperties(result, byPattern, strings)
  return result
}

function rewriteKeyword(keyword: string, value: unknown, strings: Strings): unknown {
  if (ignoredKeyword[keyword] === true || typeof value !== 'object' || value === null) return value
  const rewrite = (child: unknown): unknown => withLinearPatterns(child, strings)
  if (Array.isArray(value)) return schemaArrayKeyword[keyword] === true ? value.map(rewrite) : value
  if (schemaMapKeyword[keyword] !== true) return rewrite(value)
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rewrite(child)]))
}

function addPattern(result: Keywords, pattern: unknown, strings: Strings): void {
  if (typeof pattern !== 'string') throw new RangeError('a pattern is text')
  const matches = compilePattern(pattern)
  const allowed = [...strings.values, ...strings.keys].filter(matches)
  const others = Array.isArray(result['allOf']) ? (result['allOf'] as unknown[]) : []
  result['allOf'] = [...others, { anyOf: [{ not: { type: 'string' } }, { enum: allowed }] }]
}

function addPatternProperties(result: Keywords, byPattern: object, strings: Strings): void {
  const declared = result['properties']
  const properties: Keywords = { ...(typeof declared === 'object' && declared !== null ? declared : {}) }
  for (const [pattern, child] of Object.entries(byPattern)) {
    const matches = compilePattern(pattern)
    const rewritten = withLinearPatterns(child, strings)
    for (const key of strings.keys.filter(matches)) {
      properties[key] = Object.hasOwn(properties, key) ? { allOf: [properties[key], rewritten] } : rewritten
    }
  }
  result['properties'] = properties
}

/** A view of a schema that counts reads and throws when there are too many: references can fan out exponentially. */
function metered(schema: unknown): unknown {
  let reads = 0
  const views = new WeakMap<object, object>()
  const view = (target: unknown): unknown => {
    if (typeof target !== 'object' || target === null) return target
    const known = views.get(target)
    if (known !== undefined) return known
    const made = new Proxy(target, {
      get(object, key, receiver) {
        if (++reads > maxSchemaReads) throw new RangeError('checking this schema takes too long')
        return view(Reflect.get(object, key, receiver))
      },
    })
    views.set(target, made)
    return made
  }
  return view(schema)
}
