import * as z from 'zod'
import { graderSchema, probeSchema, suiteSchema } from '#shared/domain/suite.ts'
import { suiteLimits } from '#shared/domain/words.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])
const variableName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, 'a variable is named with letters, digits and _')
const variables = z.record(variableName, z.union([scalar, z.array(scalar).min(1)]))
export type Scalar = z.output<typeof scalar>
export type Variables = z.output<typeof variables>

const expectedShort = z
  .union([z.string().min(1), z.number()])
  .describe('Short for a grader: a number is compared as number, text as exact.')
const ungraded = z
  .literal(true)
  .describe('The prompt is only asked: its answers are kept and not graded. Every other prompt needs an answer.')
const lang = z.string().describe('BCP 47: en, zh-Hans, zh-Hant.')
const tags = z
  .record(z.string(), z.string())
  .describe('Free tags. distance (benchmark, near, far) and family are read by the comparison.')
const pair = z.string().min(1).describe('Prompts of one item in several wordings share it.')

const authoredPromptSchema = z.strictObject({
  id: z.string().min(1).max(200).optional().describe('Unique in the suite. Default: p1, p2, … by position.'),
  text: z.string().min(1).max(suiteLimits.promptChars).describe('The question. {{name}} is filled in from vars.'),
  system: z.string().optional(),
  grader: graderSchema.optional().describe('What decides whether the answer is right.'),
  expected: expectedShort.optional(),
  ungraded: ungraded.optional(),
  lang: lang.optional(),
  tags: tags.optional(),
  pair: pair.optional(),
  probe: probeSchema.optional().describe('What makes the prompt a probe: topic, pair, role and facts.'),
  vars: z
    .union([variables, z.array(variables).min(1)])
    .optional()
    .describe('Values for {{name}}. Lists make one item for each combination; a list of objects makes one item each.'),
})
export type AuthoredPrompt = z.output<typeof authoredPromptSchema>

/** A suite as people write it: shorter than the canonical form, with variables and defaults. Published as JSON Schema. */
export const authoredSuiteSchema = z.strictObject({
  $schema: z.string().optional().describe('Where editors find this schema.'),
  schema: z.literal('assay-suite/1').default('assay-suite/1'),
  name: suiteSchema.shape.name.optional().describe('Default: the name of the file.'),
  version: z.string().default('1'),
  title: z.string().optional(),
  description: z.string().default(''),
  license: z.string().optional(),
  attribution: z.array(z.string()).default([]),
  templates: z.boolean().default(true).describe('false: {{ and }} are plain text.'),
  variables: variables.optional().describe('Values for {{name}} in every prompt that uses the name.'),
  defaults: z
    .strictObject({
      system: z.string().optional(),
      grader: graderSchema.optional(),
      ungraded: ungraded.optional(),
      lang: lang.optional(),
      tags: tags.optional(),
    })
    .optional()
    .describe('For every prompt that does not say otherwise. Tags are merged.'),
  prompts: z.array(authoredPromptSchema).min(1).max(suiteLimits.prompts),
})
export type AuthoredSuite = z.output<typeof authoredSuiteSchema>

/** Keys that may stand at a place of a suite file, for messages; null where any name may. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] | null {
  if (path.length === 0) return Object.keys(authoredSuiteSchema.shape).filter((key) => key !== '$schema')
  if (path.length === 2 && path[0] === 'prompts') return Object.keys(authoredPromptSchema.shape)
  if (path.length === 3 && path[2] === 'probe') return Object.keys(probeSchema.shape)
  return path.length === 1 && path[0] === 'defaults' ? ['system', 'grader', 'ungraded', 'lang', 'tags'] : null
}

/** The JSON Schema that editors complete and check suite files with. */
export function suiteJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(authoredSuiteSchema, { io: 'input', target: 'draft-2020-12' })
  return { ...schema, title: 'Assay suite', description: 'A versioned set of prompts with graders (assay-suite/1).' }
}
