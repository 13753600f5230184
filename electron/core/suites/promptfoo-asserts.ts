import { RE2JS } from 're2js'

type Fields = Readonly<Record<string, unknown>>
type Render = (text: string) => string

/** A grader made of one assert; `contains` graders of several asserts can be merged into one. */
type Made = Fields & { readonly kind: string }

/**
 * Turns the asserts of one test into one grader: null where there are none, a sentence where Assay cannot grade by them.
 * Several asserts are taken over where one grader can hold them all, which is so for the contains family.
 * @throws RangeError where a value's template cannot be filled in
 */
export function graderOfAsserts(asserts: readonly unknown[], render: Render): Made | string | null {
  const made: Made[] = []
  for (const assert of asserts) {
    const grader = graderOf(assert, render)
    if (typeof grader === 'string') return grader
    made.push(grader)
  }
  const [first, ...rest] = made
  if (first === undefined) return null
  return rest.length === 0 ? first : merge(made)
}

const understood = new Set(['type', 'value', 'weight', 'metric'])

function graderOf(assert: unknown, render: Render): Made | string {
  if (typeof assert !== 'object' || assert === null || Array.isArray(assert))
    return 'an assert is not written as an object'
  const { type, value, weight } = assert as Fields
  if (typeof type !== 'string') return 'an assert has no type'
  const extra = Object.keys(assert).find((key) => !understood.has(key))
  if (extra !== undefined) return `its assert ${type} uses ${extra}`
  if (weight !== undefined && weight !== 1) return `its assert ${type} has a weight`
  const negate = type.startsWith('not-')
  const make = makers[negate ? type.slice(4) : type]
  if (make === undefined) return `Assay has no assert ${type}`
  const grader = make(rendered(value, render), negate)
  return grader ?? `its assert ${type} cannot be taken over with this value`
}

function rendered(value: unknown, render: Render): unknown {
  if (typeof value === 'string') return render(value)
  return Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? render(item) : (item as unknown)))
    : value
}

type Maker = (value: unknown, negate: boolean) => Made | null

const makers: Readonly<Record<string, Maker | undefined>> = {
  equals: (value, negate) => {
    const text = textOf(value)
    if (text === null) return null
    return negate
      ? { kind: 'regex', pattern: `^\\s*${RE2JS.quote(text)}\\s*$`, negate }
      : { kind: 'exact', expected: text }
  },
  contains: one(false),
  icontains: one(true),
  'contains-all': many('all', false),
  'icontains-all': many('all', true),
  'contains-any': many('any', false),
  'icontains-any': many('any', true),
  'starts-with': (value, negate) => {
    const text = textOf(value)
    return text === null ? null : { kind: 'regex', pattern: `^\\s*${RE2JS.quote(text)}`, negate }
  },
  regex: (value, negate) => {
    const text = textOf(value)
    return text === null ? null : { kind: 'regex', pattern: RE2JS.translateRegExp(text), negate }
  },
  'is-json': (value, negate) => {
    if (negate) return null
    if (value === undefined) return { kind: 'json-schema', schema: {} }
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { kind: 'json-schema', schema: value }
      : null
  },
  'llm-rubric': judge,
  'model-graded-closedqa': judge,
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' && !/^(?:file|javascript|python):/.test(value) ? value : null
}

function one(ignoreCase: boolean): Maker {
  return (value, negate) => {
    const text = textOf(value)
    return text === null ? null : { kind: 'contains', [negate ? 'none' : 'all']: [text], ignoreCase }
  }
}

function many(field: 'all' | 'any', ignoreCase: boolean): Maker {
  return (value, negate) => {
    const list = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value
    const texts = Array.isArray(list) ? list.map(textOf) : []
    if (texts.length === 0 || texts.some((text) => text === null)) return null
    // Not one of them: none. Not all of them has no counterpart.
    if (negate && field === 'all') return null
    return { kind: 'contains', [negate ? 'none' : field]: texts, ignoreCase }
  }
}

function judge(value: unknown, negate: boolean): Made | null {
  const criterion = textOf(value)
  return criterion === null || negate ? null : { kind: 'judge', criterion }
}

function merge(graders: readonly Made[]): Made | string {
  const [first] = graders
  const isFamily = graders.every(({ kind, ignoreCase }) => kind === 'contains' && ignoreCase === first?.['ignoreCase'])
  const anys = graders.filter(({ any }) => any !== undefined)
  if (!isFamily || anys.length > 1) return 'its asserts do not fit into one grader'
  const join = (field: string): unknown[] => graders.flatMap((grader) => (grader[field] as unknown[] | undefined) ?? [])
  const fields = ['all', 'any', 'none'].map((field) => [field, join(field)] as const)
  const used = Object.fromEntries(fields.filter(([, texts]) => texts.length > 0))
  return { kind: 'contains', ...used, ignoreCase: first?.['ignoreCase'] }
}
