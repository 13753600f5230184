import type { Grader } from '#shared/domain/suite.ts'
import { suiteLimits } from '#shared/domain/words.ts'
import type { AuthoredPrompt, AuthoredSuite, Scalar, Variables } from './authoring.ts'
import type { DocumentPath, Fault } from './read/source.ts'
import { fill, mapTexts, parseTemplate, type Template } from './template.ts'

/** Input of the canonical prompt schema, with the place in the file that it came from. */
export interface ExpandedPrompt {
  readonly prompt: Readonly<Record<string, unknown>>
  readonly origin: number
  /** It says itself, or the suite says, that it is only asked. */
  readonly ungraded: boolean
}

export interface Expansion {
  readonly prompts: readonly ExpandedPrompt[]
  readonly faults: readonly Fault[]
}

type Values = Readonly<Record<string, Scalar>>

/** Variables that one prompt may use. */
const maxVariables = 50

/** Fills in defaults and variables: every prompt becomes one item, or one for each combination of its variables. */
export function expandPrompts(suite: AuthoredSuite): Expansion {
  const prompts: ExpandedPrompt[] = []
  const faults: Fault[] = []
  let charsLeft: number = suiteLimits.fileBytes
  for (const [index, authored] of suite.prompts.entries()) {
    const path = ['prompts', index]
    const { ungraded, ...prompt } = withDefaults(authored, suite, index)
    const isUngraded = ungraded === true
    faults.push(...answerFaults(authored, path))
    if (!suite.templates) {
      prompts.push({ prompt, origin: index, ungraded: isUngraded })
      continue
    }
    const reading = readTemplates(prompt, path)
    const bindings = bind(authored, suite.variables ?? {}, reading.used, path)
    faults.push(...reading.faults, ...bindings.faults)
    if (reading.faults.length + bindings.faults.length > 0) continue
    if (prompts.length + bindings.count > suiteLimits.prompts) {
      const message = `the variables make more than ${suiteLimits.prompts} prompts`
      return { prompts, faults: [...faults, { path: [...path, 'vars'], message, expected: 'fewer values' }] }
    }
    const addNumber = authored.id === undefined || !authored.id.includes('{{')
    const fault = fillAll(prompt, reading.templates, numbered(bindings.items(), addNumber), (filled, chars) => {
      charsLeft -= chars
      prompts.push({ prompt: filled, origin: index, ungraded: isUngraded })
      return charsLeft >= 0
    })
    if (fault !== null) faults.push({ path: [...path, 'text'], message: fault, expected: 'fewer or shorter values' })
    if (charsLeft < 0) break
  }
  return { prompts, faults }
}

/** A prompt says once what is right. */
function answerFaults({ grader, expected, ungraded }: AuthoredPrompt, path: DocumentPath): readonly Fault[] {
  const given = Object.entries({ grader, expected, ungraded }).filter(([, value]) => value !== undefined)
  const [first, second] = given.map(([name]) => name)
  if (first === undefined || second === undefined) return []
  return [{ path: [...path, second], message: `${second} and ${first} are both given`, expected: 'one of them' }]
}

/** Fills in one prompt for all its values. Stops with a sentence where the result gets too large. */
function fillAll(
  prompt: Readonly<Record<string, unknown>>,
  templates: Reading['templates'],
  items: readonly NumberedValues[],
  take: (filled: Readonly<Record<string, unknown>>, chars: number) => boolean,
): string | null {
  try {
    for (const item of items) {
      let chars = 0
      const filled = fillIn(prompt, item, (text) => {
        const template = templates.get(text)
        const result = template === undefined ? text : fill(template, item.values)
        chars += result.length
        return result
      })
      if (!take(filled, chars)) return `the filled-in prompts have more than ${suiteLimits.fileBytes} characters`
    }
    return null
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

function withDefaults(
  authored: AuthoredPrompt,
  suite: AuthoredSuite,
  index: number,
): Readonly<Record<string, unknown>> {
  const { vars: _, expected, ...own } = authored
  const { tags, grader, ungraded, ...defaults } = suite.defaults ?? {}
  const isGraded = own.grader !== undefined || expected !== undefined
  const short = expected === undefined ? {} : { grader: shortGrader(expected) }
  const merged = { ...tags, ...own.tags }
  return {
    ...defaults,
    // What a prompt says of its answer stands for both: one of them from the defaults would contradict it.
    ...(!isGraded && own.ungraded === undefined && grader !== undefined && { grader }),
    ...(!isGraded && grader === undefined && ungraded !== undefined && { ungraded }),
    ...short,
    ...own,
    id: own.id ?? `p${index + 1}`,
    ...(Object.keys(merged).length > 0 && { tags: merged }),
  }
}

function shortGrader(expected: string | number): Grader {
  return typeof expected === 'number'
    ? { kind: 'number', expected, tolerance: 0, relativeTolerance: 0 }
    : { kind: 'exact', expected, ignoreCase: false }
}

interface Reading {
  readonly templates: ReadonlyMap<string, Template>
  readonly used: ReadonlyMap<string, DocumentPath>
  readonly faults: readonly Fault[]
}

/** Takes every text of a prompt apart. `used`: each variable with the place where it is used first. */
function readTemplates(prompt: Readonly<Record<string, unknown>>, path: DocumentPath): Reading {
  const templates = new Map<string, Template>()
  const used = new Map<string, DocumentPath>()
  const faults: Fault[] = []
  for (const [field, value] of Object.entries(prompt)) {
    mapTexts(value, (text) => {
      if (!text.includes('{{') || templates.has(text)) return text
      try {
        const template = parseTemplate(text)
        templates.set(text, template)
        for (const part of template.parts) {
          if ('variable' in part && !used.has(part.variable)) used.set(part.variable, [...path, field])
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        const expected = '{{name}}, or templates: false to keep braces as text'
        faults.push({ path: [...path, field], message: error.message, expected })
      }
      return text
    })
  }
  return { templates, used, faults }
}

interface Bindings {
  readonly count: number
  readonly items: () => Iterable<Values>
  readonly faults: readonly Fault[]
}

/** The values of a prompt's variables: its own first, then the suite's, each only where it is used. */
function bind(prompt: AuthoredPrompt, shared: Variables, used: Reading['used'], path: DocumentPath): Bindings {
  const isTable = Array.isArray(prompt.vars)
  const rows: readonly Variables[] = Array.isArray(prompt.vars) ? prompt.vars : [prompt.vars ?? {}]
  const inherited = Object.entries(shared).filter(([name]) => used.has(name))
  const axes = rows.map((row) => Object.entries({ ...Object.fromEntries(inherited), ...row }))
  const faults: Fault[] = []
  for (const [index, row] of rows.entries()) {
    const known = new Set(axes[index]?.map(([name]) => name))
    for (const [name, place] of used) {
      if (known.has(name)) continue
      const expected =
        known.size === 0 ? 'a value in vars or variables, or templates: false' : `one of ${[...known].join(', ')}`
      faults.push({ path: place, message: `unknown variable {{${name.slice(0, 100)}}}`, expected })
    }
    for (const name of Object.keys(row)) {
      if (used.has(name)) continue
      const place = [...path, 'vars', ...(isTable ? [index] : []), name]
      faults.push({
        path: place,
        message: `the variable ${name} is not used in this prompt`,
        expected: `{{${name}}} in the text`,
      })
    }
  }
  const [widest] = axes.toSorted((a, b) => b.length - a.length)
  if ((widest?.length ?? 0) > maxVariables) {
    faults.push({ path, message: `more than ${maxVariables} variables in one prompt`, expected: 'fewer variables' })
  }
  const sizes = axes.map((axis) =>
    axis.reduce((size, [, values]) => size * (Array.isArray(values) ? values.length : 1), 1),
  )
  return {
    count: sizes.reduce((sum, size) => sum + size, 0),
    faults,
    items: () => axes.flatMap((axis) => [...combinations(axis)]),
  }
}

function* combinations(axis: readonly (readonly [string, Scalar | readonly Scalar[]])[]): Generator<Values> {
  const [first, ...rest] = axis
  if (first === undefined) return yield {}
  const [name, values] = first
  for (const value of Array.isArray(values) ? (values as readonly Scalar[]) : [values as Scalar]) {
    for (const others of combinations(rest)) yield { [name]: value, ...others }
  }
}

interface NumberedValues {
  readonly values: Values
  /** Appended to the id; empty for a prompt that makes one item only, or whose id holds a variable itself. */
  readonly suffix: string
}

function numbered(items: Iterable<Values>, addNumber: boolean): readonly NumberedValues[] {
  const all = [...items]
  return all.map((values, index) => ({ values, suffix: addNumber && all.length > 1 ? `/${index + 1}` : '' }))
}

function fillIn(
  prompt: Readonly<Record<string, unknown>>,
  { suffix }: NumberedValues,
  change: (text: string) => string,
): Readonly<Record<string, unknown>> {
  const filled = mapTexts(prompt, change)
  return { ...filled, id: `${String(filled['id'])}${suffix}` }
}
