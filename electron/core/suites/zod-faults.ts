import type * as z from 'zod'
import { typeNames } from '#shared/contract/input-faults.ts'
import { wholeForm } from './authored-grader.ts'
import { knownKeys } from './authoring.ts'
import type { DocumentPath, Fault } from './read/source.ts'

type Issue = z.core.$ZodIssue

/** Says what zod found in the words of the file, at the place it concerns. */
export function faultsOf(error: z.ZodError): readonly Fault[] {
  const faults = error.issues.flatMap((issue) => faultsOfIssue(issue, []))
  // A key under another tool's name is there: that it is missing would be said of the same mistake.
  const meantKeys = new Set(faults.flatMap(({ path, expected }) => meantKey(path, expected) ?? []))
  return faults.filter(({ path, message }) => !message.endsWith(' is missing') || !meantKeys.has(JSON.stringify(path)))
}

function meantKey(path: DocumentPath, expected: string | null): string | null {
  const [, key] = /^the key (\w+)$/.exec(expected ?? '') ?? []
  return key === undefined ? null : JSON.stringify([...path.slice(0, -1), key])
}

function faultsOfIssue(issue: Issue, above: DocumentPath): readonly Fault[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(path, issue.input)
      const expected = known === null ? null : `one of ${known.join(', ')}`
      return issue.keys.map((key) => ({
        path: [...path, key],
        onKey: true,
        message: `unknown key "${key.slice(0, 100)}"`,
        expected: meant(key, known) ?? expected,
      }))
    }
    case 'invalid_union':
      return unionFaults(issue, path)
    case 'invalid_type':
      return [{ path, ...typeFault(issue.expected, issue.input, path) }]
    case 'invalid_value':
      return [{ path, message: unknown(issue.input, path), expected: oneOf(issue.values) }]
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => faultsOfIssue(inner, path)).map((fault) => ({ ...fault, path }))
    case 'too_small':
      return [
        { path, message: `${sized(issue)} is too small`, expected: `at least ${measure(issue.minimum, issue.origin)}` },
      ]
    case 'too_big':
      return [
        { path, message: `${sized(issue)} is too large`, expected: `at most ${measure(issue.maximum, issue.origin)}` },
      ]
    default:
      return [{ path, message: `${shown(issue.input)} is not allowed here`, expected: lower(issue.message) }]
  }
}

/** What other tools call things. */
const otherNames: Readonly<Record<string, string>> = {
  answer: 'expected',
  target: 'expected',
  output: 'expected',
  question: 'text',
  prompt: 'text',
  input: 'text',
  system_prompt: 'system',
  language: 'lang',
}

function meant(key: string, known: readonly string[] | null): string | null {
  const name = Object.hasOwn(otherNames, key.toLowerCase()) ? otherNames[key.toLowerCase()] : undefined
  return name !== undefined && known?.includes(name) === true ? `the key ${name}` : null
}

type SizeIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>

function sized(issue: SizeIssue): string {
  if (issue.origin === 'array') return 'the list'
  return issue.origin === 'string' ? 'the text' : shown(issue.input)
}

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' items' }

const measure = (limit: number | bigint, origin: string): string => `${limit}${units[origin] ?? ''}`

type UnionIssue = Extract<Issue, { code: 'invalid_union' }>

/** A union without a discriminator is told by its branch that got furthest, or fits the type; kinds are listed by name. */
function unionFaults(issue: UnionIssue, path: DocumentPath): readonly Fault[] {
  if (issue.discriminator !== undefined) {
    const kinds = 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : 'a known kind'
    const at = path.at(-1) === issue.discriminator ? path : [...path, issue.discriminator]
    const kind = kindOf(issue.input, issue.discriminator)
    const message =
      kind === undefined
        ? `"${issue.discriminator}" is missing`
        : `${shown(kind)} is not a known ${issue.discriminator}`
    return [{ path: at, message, expected: kinds }]
  }
  const branches = issue.errors.map((errors) => errors.flatMap((inner) => faultsOfIssue(inner, path)))
  const deepest = Math.max(0, ...branches.flat().map((fault) => fault.path.length))
  if (deepest > path.length) {
    const best = branches.find((faults) => faults.some((fault) => fault.path.length === deepest))
    return best ?? []
  }
  const needed = path.at(-1) === 'grader' ? wholeForm(issue.input) : null
  if (needed !== null) return [{ path, message: `${shown(issue.input)} alone is no grader`, expected: needed }]
  // `grader: numbr` is a slip in a word, not a text where an object should be.
  const [fitting] = issue.errors.flatMap((errors, index) =>
    errors.some((inner) => inner.code === 'invalid_type') ? [] : [branches[index]],
  )
  if (fitting !== undefined) return fitting
  const expected = [...new Set(branches.flat().flatMap((fault) => fault.expected ?? []))].join(' or ')
  return [{ path, message: found(issue.input, path), expected: expected === '' ? null : expected }]
}

function kindOf(input: unknown, discriminator: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[discriminator] : input
}

function typeFault(expected: string, input: unknown, path: DocumentPath): Pick<Fault, 'message' | 'expected'> {
  const name = typeNames[expected] ?? expected
  const quote =
    name === 'text' && (typeof input === 'number' || typeof input === 'boolean') ? ' (put it in quotes)' : ''
  return { message: found(input, path), expected: name + quote }
}

function found(input: unknown, path: DocumentPath): string {
  if (input !== undefined) return `found ${shown(input)}`
  const name = path.at(-1)
  return typeof name === 'string' ? `"${name}" is missing` : 'nothing is here'
}

const unknown = (input: unknown, path: DocumentPath): string =>
  input === null || input === undefined ? found(input, path) : `${shown(input)} is not known here`

function shown(input: unknown): string {
  if (input === null) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object' && input !== null) return 'an object'
  const text = JSON.stringify(input) ?? typeof input
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const oneOf = (values: readonly unknown[]): string => `one of ${values.map((value) => String(value)).join(', ')}`

const lower = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1)
