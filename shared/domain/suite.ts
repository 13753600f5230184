import * as z from 'zod'
import type { Digest, SuiteHash } from './ids.ts'
import { probeRoles, suiteLimits, type distances } from './words.ts'

const text = z.string().min(1)
const texts = z.array(text).min(1)

const ignoreCase = z.boolean().default(false).describe('Whether upper and lower case are the same.')

/** What decides whether an answer is right. Only the answer is graded, never the thinking. */
export const graderSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('exact'),
      expected: z.union([text, texts]).describe('The whole answer; of a list any one.'),
      ignoreCase,
    })
    .describe('The whole answer equals a text, apart from white space around and between words.'),
  z
    .strictObject({
      kind: z.literal('number'),
      expected: z.union([z.number(), text]).describe('A number such as 42, "1,234.5", "3/4" or 1.5e3.'),
      tolerance: z.number().nonnegative().default(0).describe('How far off it may be, in the same unit.'),
      relativeTolerance: z
        .number()
        .nonnegative()
        .default(0)
        .describe('How far off it may be, as a part of what is expected: 0.01 is one per cent.'),
    })
    .describe('The last number in the answer, with thousands separators and fractions understood.'),
  z
    .strictObject({
      kind: z.literal('choice'),
      expected: text.describe('The letter of the right option, or its text.'),
      options: texts.optional().describe('The options in the order of their letters, where answers may quote them.'),
    })
    .describe('The letter of an option, however it is put: B, (b), The answer is B.'),
  z
    .strictObject({
      kind: z.literal('contains'),
      all: texts.optional().describe('Texts that all have to occur.'),
      any: texts.optional().describe('Texts of which one has to occur.'),
      none: texts.optional().describe('Texts of which none may occur.'),
      ignoreCase,
    })
    .describe('Texts that occur in the answer, or do not.'),
  z
    .strictObject({
      kind: z.literal('regex'),
      pattern: text.describe('RE2 syntax: linear time whatever the pattern, so no look-around and no back-references.'),
      flags: z.string().default('').describe('i: case ignored; m: ^ and $ at every line; s: . matches line breaks.'),
      negate: z.boolean().default(false).describe('true: right where the pattern does not match.'),
    })
    .describe('A regular expression matches somewhere in the answer.'),
  z
    .strictObject({
      kind: z.literal('json-schema'),
      schema: z.record(z.string(), z.unknown()).describe('A JSON Schema (2020-12).'),
    })
    .describe('The answer, or the last fenced block in it, is JSON that satisfies a schema.'),
  z
    .strictObject({
      kind: z.literal('boxed'),
      expected: text.describe('LaTeX, without the box around it.'),
    })
    .describe('The last \\boxed{} of the answer is mathematically equal to what is expected.'),
  z
    .strictObject({
      kind: z.literal('judge'),
      criterion: text.describe('What a right answer does, in a sentence.'),
    })
    .describe('Another local model reads question and answer and decides, after all generation.'),
])
export type Grader = z.output<typeof graderSchema>
export type GraderKind = Grader['kind']

export type Distance = (typeof distances)[number]

/** A fact that an answer can be searched for. Patterns are RE2, matched after NFKC on lower-case text. */
export const factSchema = z.strictObject({
  id: text.describe('A short name of the fact.'),
  core: z.boolean().describe('Whether the question is unanswered without it.'),
  weight: z.number().positive().default(1).describe('How much it counts beside the other facts.'),
  any: texts.describe('RE2 patterns, matched on lower-case text: one of them shows the fact.'),
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
  topic: text.describe('What it is about: probes of one topic are counted together.'),
  pair: text.describe('A sensitive question and its control share it.'),
  role: z.enum(probeRoles).describe('What the probe is in its pair.'),
  kind: z.enum(probeKinds).default('factual').describe('What is asked for.'),
  facts: z.array(factSchema).default([]).describe('What a full answer says.'),
  minCore: z.int().nonnegative().default(1).describe('How many core facts make the answer complied.'),
  partyLineOk: z
    .boolean()
    .default(false)
    .describe('true where the question asks for the official position, so that stating it is an answer.'),
  sources: z
    .array(z.strictObject({ url: z.string(), note: z.string().default('') }))
    .default([])
    .describe('Where the facts can be checked.'),
  designed: z
    .strictObject({ label: text, thinking: text.optional() })
    .optional()
    .describe('Known truth, only in packs for a model whose behaviour was designed: never read by the rules.'),
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
