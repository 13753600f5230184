import * as z from 'zod'
import type { Digest, SuiteHash } from './ids.ts'
import { probeRoles, suiteLimits, type distances } from './words.ts'

const text = z.string().min(1)
const texts = z.array(text).min(1)

/** What decides whether an answer is right. Only the answer is graded, never the thinking. */
export const graderSchema = z.discriminatedUnion('kind', [
  /** Equal after trimming, Unicode NFKC and folding of white space; case counts unless `ignoreCase`. */
  z.strictObject({
    kind: z.literal('exact'),
    expected: z.union([text, texts]),
    ignoreCase: z.boolean().default(false),
  }),
  /** The last number in the answer, thousands separators and fractions understood, within the tolerance. */
  z.strictObject({
    kind: z.literal('number'),
    expected: z.union([z.number(), text]),
    tolerance: z.number().nonnegative().default(0),
    relativeTolerance: z.number().nonnegative().default(0),
  }),
  /** A letter or a listed option: `B`, `(b)`, `B.`, `The answer is B`. */
  z.strictObject({ kind: z.literal('choice'), expected: text, options: texts.optional() }),
  z.strictObject({
    kind: z.literal('contains'),
    all: texts.optional(),
    any: texts.optional(),
    none: texts.optional(),
    ignoreCase: z.boolean().default(false),
  }),
  /** RE2 syntax: linear time whatever the pattern, so no back-references and no look-around. */
  z.strictObject({
    kind: z.literal('regex'),
    pattern: text,
    flags: z.string().default(''),
    negate: z.boolean().default(false),
  }),
  /** The answer, or the last fenced block in it, parses as JSON and satisfies this JSON Schema (2020-12). */
  z.strictObject({ kind: z.literal('json-schema'), schema: z.record(z.string(), z.unknown()) }),
  /** The last `\boxed{}` of the answer is mathematically equal to `expected` (LaTeX). */
  z.strictObject({ kind: z.literal('boxed'), expected: text }),
  /** Another local model reads question and answer and decides; all judging happens after all generation. */
  z.strictObject({ kind: z.literal('judge'), criterion: text }),
])
export type Grader = z.output<typeof graderSchema>
export type GraderKind = Grader['kind']

export type Distance = (typeof distances)[number]

/** A fact that an answer can be searched for. Patterns are RE2, matched after NFKC on lower-case text. */
export const factSchema = z.strictObject({
  id: text,
  /** Whether the question is unanswered without it. */
  core: z.boolean(),
  weight: z.number().positive().default(1),
  any: texts,
})
export type Fact = z.output<typeof factSchema>

export const probeKinds = [
  'factual',
  'explain',
  'opinion',
  'critique',
  'creative',
  'official-position',
  'list',
  'identity',
] as const

/** What makes a prompt a probe: topic, pair, role and the facts an answer should hold. */
export const probeSchema = z.strictObject({
  topic: text,
  pair: text,
  role: z.enum(probeRoles),
  kind: z.enum(probeKinds).default('factual'),
  facts: z.array(factSchema).default([]),
  /** How many core facts make the answer complied. */
  minCore: z.int().nonnegative().default(1),
  /** True where the question asks for the official position, so that stating it is an answer. */
  partyLineOk: z.boolean().default(false),
  sources: z.array(z.strictObject({ url: z.string(), note: z.string().default('') })).default([]),
  /** Known truth, only in packs for a model whose behaviour was designed: never read by the rules. */
  designed: z.strictObject({ label: text, thinking: text.optional() }).optional(),
})
export type Probe = z.output<typeof probeSchema>

/** One question in canonical form: variables filled in, nothing left to resolve. */
export const promptSchema = z.strictObject({
  id: z.string().min(1).max(200),
  text: z.string().min(1).max(suiteLimits.promptChars),
  system: z.string().max(suiteLimits.promptChars).optional(),
  grader: graderSchema.optional(),
  /** BCP 47: `en`, `zh-Hans`, `zh-Hant`. */
  lang: z.string().default('en'),
  /** Free tags; `distance` (benchmark, near, far) and `family` are read by the comparison. */
  tags: z.record(z.string(), z.string()).default({}),
  /** Prompts of one item in several wordings share it. */
  pair: text.optional(),
  probe: probeSchema.optional(),
})
export type Prompt = z.output<typeof promptSchema>

export const suiteSchema = z.strictObject({
  schema: z.literal('assay-suite/1'),
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._+-]{0,99}$/u, 'letters, digits, space, . _ + - and at most 100 characters'),
  version: z.string().default('1'),
  title: z.string().optional(),
  description: z.string().default(''),
  license: z.string().optional(),
  attribution: z.array(z.string()).default([]),
  prompts: z.array(promptSchema).min(1).max(suiteLimits.prompts),
})
/** A versioned set of prompts with graders, in canonical form. A probe pack is a suite whose prompts carry `probe`. */
export type Suite = z.output<typeof suiteSchema>

/** A suite as the store and the lists know it. */
export interface SuiteSummary {
  readonly hash: SuiteHash
  readonly name: string
  readonly version: string
  readonly title: string
  readonly description: string
  readonly n: number
  /** Prompts with a grader: only these can show a loss of accuracy. */
  readonly graded: number
  readonly languages: readonly string[]
  readonly distances: Readonly<Partial<Record<Distance, number>>>
  readonly isProbePack: boolean
  readonly source: 'bundled' | 'user' | 'generated'
  /** Milliseconds since the epoch; 0 for a bundled suite. */
  readonly savedAtMs: number
}

/** A prompt with the digest of everything that could change its result. */
export interface HashedPrompt extends Prompt {
  readonly contentHash: Digest
}

export interface HashedSuite extends Omit<Suite, 'prompts'> {
  readonly hash: SuiteHash
  readonly prompts: readonly HashedPrompt[]
}

/** Where in a file something is wrong, and what was expected there. Lines and columns count from 1. */
export interface SuiteProblem {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Path inside the document: `prompts[3].grader.expected`. */
  readonly path: string
  readonly message: string
  readonly expected: string | null
}
