import * as z from 'zod'
import { samplingPresets } from './words.ts'

/** What a new run begins with where its address does not say. Null: what Assay itself would take. */
export const runDefaultsSchema = z.strictObject({
  /** Share: 0.02 is two points. */
  margin: z.number().gt(0).lt(1).nullable().default(null),
  /** At most; a model that was trained for less gets less. */
  contextTokens: z.int().min(64).max(4_194_304).nullable().default(null),
  maxTokens: z.int().min(1).max(1_048_576).nullable().default(null),
  sampling: z.enum(Object.keys(samplingPresets) as (keyof typeof samplingPresets)[]).default('greedy'),
})
export type RunDefaults = z.output<typeof runDefaultsSchema>
