import { suiteLimits } from '#shared/domain/words.ts'
import { answerMissing, lacksAnswer, withAnswer, type AuthoredGrader } from './authored-grader.ts'
import type { AuthoredPrompt, AuthoredSuite, Scalar, Variables } from './authoring.ts'
import type { DocumentPath, Fault } from './read/source.ts'
import { fill, mapTexts, parseTemplate, type Template } from './template.ts'

/** Input of the canonical prompt schema, with the place in the file that it came from. */
export interface ExpandedPrompt {
  readonly prompt: Readonly<Record<string, unknown>>
  readonly origin: number
  /** It says itself, or the suite says, that it is only asked. */
  readonly ungraded: boolean
  /** What is right stands beside the grader, or in place of it. */
  readonly isBeside: boolean
}

/** A suite as it was written; null for a prompt that cannot be read, so that the others keep their places. */
export type Draft = Omit<AuthoredSuite, 'prompts'> & { readonly prompts: readonly (AuthoredPrompt | null)[] }

export interface Expansion {
  readonly prompts: readonly ExpandedPrompt[]
  readonly faults: readonly Fault[]
}

type Values = Readonly<Record<string, Scalar>>

/** Variables that one prompt may use. */
const maxVariables = 50

/** Fills in defaults and variables: every prompt becomes one item, or one for each combination of its variables. */
export function expandPrompts(suite: Draft): Expansion {
  const prompts: ExpandedPrompt[] = []
  const faults: Fault[] = []
  let charsLeft: number = suiteLimits.fileBytes
  for (const [index, authored] of suite.prompts.entries()) {
    if (authored === null) continue
    const path = ['prompts', index]
    const { ungraded, ...prompt } = withDefaults(authored, suite, index)
    const wrong = answerFaults(authored, path)
    faults.push(...wrong)
    const about = {
      origin: index,
      // What has been told of its answer is not told again.
      ungraded: ungraded === true || wrong.length > 0,
      isBeside: authored.expected !== undefined,
    }
    if (!suite.templates) {
      prompts.push({ prompt, ...about })
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
      prompts.push({ prompt: filled, ...about })
      return charsLeft >= 0
    })
    if (fault !== null) faults.push({ path: [...path, 'text'], message: fault, expected: 'fewer or shorter values' })
    if (charsLeft < 0) break
  }
  return { prompts, faults }
}

/** A prompt says once what is right: a grader that lacks it needs it beside. */
function answerFaults({ grader, expected, ungraded }: AuthoredPrompt, path: DocumentPath): readonly Fault[] {
  const isOpen = grader !== undefined && lacksAnswer(grader)
  if (isOpen && expected === undefined && ungraded === undefined && needsBeside(grader)) {
    return [{ path: [...path, 'grader'], ...answerMissing(grader) }]
  }
  const given = Object.entries({ grader: isOpen && expected !== undefined ? undefined : grader, expected, ungraded })
  const [first, second] = given.filter(([, value]) => value !== undefined).map(([name]) => name)
  if (first === undefined || second === undefined) return []
  return [{ path: [...path, second], message: `${second} and ${first} are both given`, expected: 'one of them' }]
}

/** Of texts that occur, the check of graders says what may stand in them. */
const needsBeside = (grader: AuthoredGrader): boolean => typeof grader === 'string' || grader.kind !== 'contains'

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

function withDefaults(authored: AuthoredPrompt, suite: Draft, index: number): Readonly<Record<string, unknown>> {
  const { vars: _, expected, grader: own, ungraded, ...rest } = authored
  const { tags, grader: usual, ungraded: usuallyOnlyAsked, ...defaults } = suite.defaults ?? {}
  // What a prompt says of its answer stands for both: one of them from the defaults would contradict it.
  const grader = ungraded === undefined || own !== undefined ? graderOf(own, usual, expected) : undefined
  const isOnlyAsked = ungraded ?? (grader === undefined ? usuallyOnlyAsked : undefined)
  const merged = { ...tags, ...rest.tags }
  return {
    ...defaults,
    ...(grader !== undefined && { grader }),
    ...(isOnlyAsked !== undefined && { ungraded: isOnlyAsked }),
    ...rest,
    id: rest.id ?? `p${index + 1}`,
    ...(Object.keys(merged).length > 0 && { tags: merged }),
  }
}

/** A prompt's grader, with what stands beside it; `usual`: that of the defaults. Undefined where nothing says what is right. */
function graderOf(
  own: AuthoredGrader | undefined,
  usual: AuthoredGrader | undefined,
  expected: AuthoredPrompt['expected'],
): unknown {
  if (own !== undefined) {
    if (!lacksAnswer(own)) return own
    if (expected !== undefined) return withAnswer(own, expected)
    return needsBeside(own) ? undefined : own
  }
  if (expected === undefined) return usual !== undefined && lacksAnswer(usual) ? undefined : usual
  if (usual !== undefined && lacksAnswer(usual)) return withAnswer(usual, expected)
  return withAnswer(typeof expected === 'number' ? 'number' : 'exact', expected)
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
