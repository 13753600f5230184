import * as z from 'zod'
import { graderSchema } from '#shared/domain/suite.ts'

const [exact, number, choice, contains, regex, jsonSchema, boxed, judge] = graderSchema.options

/** Kinds that say all there is to say with their name, where `expected` stands beside it. */
const shortKinds = ['exact', 'number', 'choice', 'contains', 'boxed'] as const
type ShortKind = (typeof shortKinds)[number]

export const isShortKind = (word: string): word is ShortKind => (shortKinds as readonly string[]).includes(word)

const beside = { expected: true } as const

/** A grader as people write it: what it compares with may stand beside it, as the prompt's `expected`. */
export const authoredGraderSchema = z
  .union([
    z.enum(shortKinds).describe('Short for {kind: …}. expected, beside it, says what is right.'),
    z.discriminatedUnion('kind', [
      exact.partial(beside).describe(exact.description ?? ''),
      number.partial(beside).describe(number.description ?? ''),
      choice.partial(beside).describe(choice.description ?? ''),
      contains,
      regex,
      jsonSchema,
      boxed.partial(beside).describe(boxed.description ?? ''),
      judge,
    ]),
  ])
  .meta({
    id: 'grader',
    description: 'What decides whether the answer is right: a kind, or an object with its fields.',
  })
export type AuthoredGrader = z.output<typeof authoredGraderSchema>

/** Whether a grader leaves it to the prompt to say what is right. */
export function lacksAnswer(grader: AuthoredGrader): boolean {
  if (typeof grader === 'string') return true
  switch (grader.kind) {
    case 'exact':
    case 'number':
    case 'choice':
    case 'boxed':
      return grader.expected === undefined
    case 'contains':
      return (grader.all ?? grader.any ?? grader.none) === undefined
    default:
      return false
  }
}

/** A grader that lacks its answer, with it. The same meaning is the same data, and so has the same digest. */
export function withAnswer(grader: AuthoredGrader, expected: string | number): Readonly<Record<string, unknown>> {
  const named = typeof grader === 'string' ? { kind: grader } : grader
  return named.kind === 'contains' ? { ...named, all: [expected] } : { ...named, expected }
}

const examples: Readonly<Record<ShortKind, string>> = {
  exact: 'Paris',
  number: '42',
  choice: 'B',
  contains: 'Paris',
  boxed: String.raw`\frac{1}{2}`,
}

/** Why a grader without an answer cannot grade, and the line that mends it. */
export function answerMissing(grader: AuthoredGrader): { readonly message: string; readonly expected: string } {
  const kind = typeof grader === 'string' ? grader : grader.kind
  const example = isShortKind(kind) ? examples[kind] : '…'
  return {
    message: '"expected" is missing: what the answer is compared with',
    expected: `a line such as expected: ${example} in the prompt`,
  }
}

const whole: Readonly<Record<string, string>> = {
  regex: "{kind: regex, pattern: '^yes'}",
  'json-schema': '{kind: json-schema, schema: {type: object}}',
  judge: '{kind: judge, criterion: It names the capital.}',
}

/** The whole form of a kind that needs more than its name; null for other words. */
export const wholeForm = (word: unknown): string | null =>
  typeof word === 'string' && Object.hasOwn(whole, word) ? `grader: ${whole[word]}` : null

/** Fields of a kind of grader, for messages; null where the kind is unknown. */
export function graderKeys(kind: unknown): readonly string[] | null {
  const option = graderSchema.options.find(({ shape }) => shape.kind.value === kind)
  return option === undefined ? null : Object.keys(option.shape)
}
