import published from '../../../../../../resources/schemas/assay-suite.schema.json'
import type { Place } from './place.ts'

type Plain = string | number | boolean

/** As much of JSON Schema as the suites' own uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly default?: Plain | readonly Plain[]
  readonly const?: Plain
  readonly enum?: readonly Plain[]
  readonly examples?: readonly Plain[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

// Written by the lab's own tool; the import types every literal in it.
const root = published as unknown as Schema & { readonly $defs: Readonly<Record<string, Schema>> }

const referred = (reference: string): Schema | undefined => root.$defs[reference.slice('#/$defs/'.length)]

/** A schema without references and alternatives: one for each way in which data may fit. */
function ways(schema: Schema): readonly Schema[] {
  const { $ref, anyOf, oneOf, ...rest } = schema
  if ($ref !== undefined) return ways({ ...referred($ref), ...rest })
  const choices = anyOf ?? oneOf
  if (choices === undefined) return [schema]
  // What is said of all of them holds where one says nothing of its own.
  return choices.flatMap((choice) => ways({ ...rest, ...choice }))
}

/** What may stand at a path; `beside`: keys that are there already, which tell the kind of a grader. */
function schemasAt(path: readonly string[], beside: ReadonlyMap<string, string> = new Map()): readonly Schema[] {
  const found = path.reduce<readonly Schema[]>(
    (schemas, part) => schemas.flatMap((schema) => into(schema, part)),
    ways(root),
  )
  const fitting = found.filter(({ properties = {} }) =>
    Object.entries(properties).every(
      ([key, { const: only }]) => only === undefined || (beside.get(key) ?? only) === only,
    ),
  )
  return fitting.length > 0 ? fitting : found
}

function into(holder: Schema, part: string): readonly Schema[] {
  const inner = innerOf(holder, part)
  return inner === undefined ? [] : ways(inner)
}

function innerOf({ items, properties, additionalProperties: more }: Schema, part: string): Schema | undefined {
  if (part === '*') return items
  const own = properties !== undefined && Object.hasOwn(properties, part) ? properties[part] : undefined
  return own ?? (typeof more === 'object' ? more : undefined)
}

/** A key that may stand at a place, in words for people. */
export interface KnownKey {
  readonly name: string
  readonly isRequired: boolean
  /** What kinds of data fit: `a number or text`. */
  readonly type: string
  /** Null where several kinds of grader mean several things by it. */
  readonly description: string | null
  /** What holds without it. */
  readonly usual: string | null
  /** What it holds stands on lines of its own. */
  readonly holds: 'word' | 'keys' | 'list'
}

/** Keys that may stand in a mapping, in the order of the schema. */
export function keysAt({ path, siblings }: Pick<Place, 'path' | 'siblings'>): readonly KnownKey[] {
  const holders = schemasAt(path, siblings)
  const names = new Set(holders.flatMap(({ properties }) => Object.keys(properties ?? {})))
  return [...names].map((name) => {
    const having = holders.filter(({ properties }) => properties !== undefined && Object.hasOwn(properties, name))
    const schemas = having.flatMap((holder) => into(holder, name))
    const said = new Set(having.flatMap((holder) => describedBy(innerOf(holder, name)) ?? []))
    const usual = schemas.find((schema) => schema.default !== undefined)?.default
    return {
      name,
      isRequired: having.every(({ required = [] }) => required.includes(name)),
      type: typeWords(schemas),
      description: said.size === 1 ? ([...said][0] ?? null) : null,
      usual: usual === undefined || usual === '' || Array.isArray(usual) ? null : String(usual),
      holds: holding(schemas),
    }
  })
}

const describedBy = (schema: Schema | undefined): string | undefined =>
  schema?.description ?? (schema?.$ref === undefined ? undefined : referred(schema.$ref)?.description)

function holding(schemas: readonly Schema[]): KnownKey['holds'] {
  if (schemas.every(({ type }) => type === 'object')) return 'keys'
  return schemas.every(({ type, items }) => type === 'array' && items?.type === 'object') ? 'list' : 'word'
}

/** A word that may stand as a value, and what it means. */
export interface KnownWord {
  readonly word: string
  /** What else has to be written with it; null where the word is all. */
  readonly fields: readonly string[] | null
  readonly description: string | null
}

/** Words that may stand at a place; objects that are told by one of their fields as `{kind: …}`. */
export function wordsAt(path: readonly string[], beside: ReadonlyMap<string, string>): readonly KnownWord[] {
  const key = path.at(-1) ?? ''
  const holders = schemasAt(path.slice(0, -1), key === 'kind' ? new Map() : beside)
  const words = new Map<string, KnownWord>()
  const add = (word: string, description: string | undefined, fields: KnownWord['fields'] = null) => {
    if (!words.has(word)) words.set(word, { word, fields, description: description ?? null })
  }
  const schemas = holders.flatMap((holder) => into(holder, key).map((schema) => ({ schema, holder })))
  const kinds = schemas.flatMap(({ schema }) => kindOf(schema) ?? [])
  for (const { schema, holder } of schemas) {
    // A kind is explained by what it is the kind of.
    if (schema.const !== undefined) add(String(schema.const), schema.description ?? holder.description)
    for (const value of [...(schema.enum ?? []), ...(schema.examples ?? [])]) {
      const same = kinds.find(({ kind }) => kind === value)
      add(String(value), same?.description ?? schema.description)
    }
    if (schema.type === 'boolean' && schema.const === undefined)
      for (const word of ['true', 'false']) add(word, schema.description)
  }
  for (const { kind, fields, description } of kinds) if (!words.has(kind)) add(kind, description, fields)
  return [...words.values()]
}

function kindOf({ properties, required = [], description }: Schema) {
  const kind = properties?.['kind']?.const
  if (typeof kind !== 'string') return null
  return { kind, description, fields: required.filter((name) => name !== 'kind') }
}

const typeWords = (schemas: readonly Schema[]): string => [...new Set(schemas.map(typeWord))].join(' or ')

function typeWord(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const)
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`
  if (schema.type === 'array')
    return `a list${schema.items === undefined ? '' : ` of ${typeWords(ways(schema.items))}`}`
  if (kindOf(schema) !== null) return 'an object with its kind'
  const { type = '' } = schema
  return [type]
    .flat()
    .map((one) => plainTypes[one] ?? 'anything')
    .join(' or ')
}

const plainTypes: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
}
