import Mustache from 'mustache'

/** A text with places for values, taken apart. */
export interface Template {
  readonly parts: readonly ({ readonly text: string } | { readonly variable: string })[]
}

/** Without a cache: templates of a suite are read once, and the library's own cache never forgets. */
const writer = new Mustache.Writer()
Reflect.set(writer, 'templateCache', undefined)

/**
 * Takes a mustache text apart. Only variables are understood: `{{name}}`, `{{{name}}}` and `{{&name}}`, none escaped.
 * @throws RangeError with a sentence for people
 */
export function parseTemplate(text: string): Template {
  if (!text.includes('{{')) return { parts: [{ text }] }
  return { parts: tokensOf(text).map(([kind, value]) => partOf(kind, value)) }
}

function tokensOf(text: string): readonly (readonly unknown[])[] {
  try {
    return writer.parse(text) as unknown as readonly (readonly unknown[])[]
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : 'not a template', { cause: error })
  }
}

function partOf(kind: unknown, value: unknown): Template['parts'][number] {
  if (kind === 'text') return { text: String(value) }
  if (kind === 'name' || kind === '&') return { variable: String(value) }
  throw new RangeError(`only {{name}} is understood, not {{${String(kind)}…}}`)
}

/** Longest filled-in text; checked before it is built, since a short template may repeat a long value many times. */
const maxFilledChars = 1_000_000

/**
 * Fills in a template. Every variable must have a value.
 * @throws RangeError where the text would be absurdly long
 */
export function fill({ parts }: Template, values: Readonly<Record<string, unknown>>): string {
  const texts = parts.map((part) => ('text' in part ? part.text : String(values[part.variable])))
  const chars = texts.reduce((sum, text) => sum + text.length, 0)
  if (chars > maxFilledChars) throw new RangeError(`filled in, this text has ${chars} characters`)
  return texts.join('')
}

/** Replaces every text inside plain data, keys left alone. */
export function mapTexts<Data>(data: Data, change: (text: string) => string): Data {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value)
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  }
  // Texts become texts and everything else stays, so the shape is the same.
  return walk(data) as Data
}
