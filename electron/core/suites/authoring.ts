import * as z from 'zod'
import { probeSchema, suiteSchema } from '#shared/domain/suite.ts'
import { distances, suiteLimits } from '#shared/domain/words.ts'
import { authoredGraderSchema, graderKeys } from './authored-grader.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])
const variableName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, 'a variable is named with letters, digits and _')
const variables = z.record(variableName, z.union([scalar, z.array(scalar).min(1)]))
export type Scalar = z.output<typeof scalar>
export type Variables = z.output<typeof variables>

const expectedShort = z
  .union([z.string().min(1), z.number()])
  .describe('What is right. Without a grader a number is compared as number, and text as exact.')
const ungraded = z
  .literal(true)
  .describe('The prompt is only asked: its answers are kept and not graded. Every other prompt needs an answer.')
const lang = z.string().meta({ description: 'BCP 47: en, zh-Hans, zh-Hant.', examples: ['en', 'zh-Hans', 'zh-Hant'] })
const tags = z
  .object({
    distance: z
      .string()
      .optional()
      .meta({ description: 'How far it is from what a model may have been trained on.', examples: [...distances] }),
    family: z.string().optional().describe('What kind of prompt it is: the comparison shows each family by itself.'),
  })
  .catchall(z.string())
  .describe('Free tags. distance (benchmark, near, far) and family are read by the comparison.')
const system = z.string().describe('A system prompt, before the question.')
const pair = z.string().min(1).describe('Prompts of one item in several wordings share it.')

const authoredPromptSchema = z.strictObject({
  id: z.string().min(1).max(200).optional().describe('Unique in the suite. Default: p1, p2, … by position.'),
  text: z.string().min(1).max(suiteLimits.promptChars).describe('The question. {{name}} is filled in from vars.'),
  system: system.optional(),
  grader: authoredGraderSchema.optional(),
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
  schema: z.literal('assay-suite/1').default('assay-suite/1').describe('The format, for readers to come.'),
  name: suiteSchema.shape.name.optional().describe('Default: the name of the file.'),
  version: z.string().default('1').describe('Which edition of the suite it is, in your own counting.'),
  title: z.string().optional().describe('What lists show in place of the name.'),
  description: z.string().default('').describe('What it measures, and where its prompts are from.'),
  license: z.string().optional().describe('Under which terms others may use it: CC-BY-4.0, MIT …'),
  attribution: z.array(z.string()).default([]).describe('Whom to name.'),
  templates: z.boolean().default(true).describe('false: {{ and }} are plain text.'),
  variables: variables.optional().describe('Values for {{name}} in every prompt that uses the name.'),
  defaults: z
    .strictObject({
      system: system.optional(),
      grader: authoredGraderSchema.optional(),
      ungraded: ungraded.optional(),
      lang: lang.optional(),
      tags: tags.optional(),
    })
    .optional()
    .describe('For every prompt that does not say otherwise. Tags are merged.'),
  prompts: z.array(authoredPromptSchema).min(1).max(suiteLimits.prompts).describe('The questions, one item each.'),
})
export type AuthoredSuite = z.output<typeof authoredSuiteSchema>

/** Keys that may stand at a place of a suite file, for messages; null where any name may. `holder` is what holds them. */
export function knownKeys(path: readonly PropertyKey[], holder: unknown): readonly string[] | null {
  const last = path.at(-1)
  if (path.length === 0) return Object.keys(authoredSuiteSchema.shape).filter((key) => key !== '$schema')
  if (path.length === 2 && path[0] === 'prompts') return Object.keys(authoredPromptSchema.shape)
  if (path.length === 3 && last === 'probe') return Object.keys(probeSchema.shape)
  if (last === 'grader' && typeof holder === 'object' && holder !== null && 'kind' in holder) {
    return graderKeys(holder.kind)
  }
  return path.length === 1 && last === 'defaults' ? ['system', 'grader', 'ungraded', 'lang', 'tags'] : null
}

/** The JSON Schema that editors complete and check suite files with. */
export function suiteJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(authoredSuiteSchema, { io: 'input', target: 'draft-2020-12' })
  return { ...schema, title: 'Assay suite', description: 'A versioned set of prompts with graders (assay-suite/1).' }
}
