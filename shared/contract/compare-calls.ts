import * as z from 'zod'
import type { Comparison } from '../domain/comparison.ts'
import { arms } from '../domain/engine.ts'
import type { ComparedPromptPage } from './compare-views.ts'
import { call } from './wire-types.ts'

const run = z.int().positive()
const window = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(1000).default(100) }

/** One quadrant of a variant against a reference; default: the run's reference and its first arm. */
const quadrantQuery = z.strictObject({
  run,
  variantIndex: z.int().min(0),
  quadrant: z.enum(['bothRight', 'lost', 'gained', 'bothWrong']),
  reference: z.int().min(0).optional(),
  arm: z.enum(arms).optional(),
  /** Only prompts with this value of a tag; `lang` counts as one. */
  tag: z.strictObject({ name: z.string(), value: z.string() }).optional(),
  /** Only prompts whose id or text contains this, whatever the case. */
  query: z.string().max(1000).optional(),
})

/** What can be asked of a run's comparison: a part of the contract. */
export const compareCalls = {
  'compare.get': call<Comparison>()(
    z.strictObject({
      run,
      margin: z.number().gt(0).lt(1).optional(),
      reference: z.int().min(0).optional(),
      arm: z.enum(arms).optional(),
      tag: z.string().optional(),
    }),
  ),
  /** Prompt indexes in one quadrant of a variant against the reference, in the run's order. */
  'compare.flips': call<{ promptIndexes: readonly number[] }>()(quadrantQuery),
  /** The same prompts as rows: what was asked, what was expected, what both variants answered. */
  'compare.prompts': call<ComparedPromptPage>()(
    z.strictObject({
      ...quadrantQuery.shape,
      /** By what the prompt says: `id`, `text`, `expected`, or a tag as `tag:NAME`. Default: the run's order. */
      sort: z.string().max(200).optional(),
      descending: z.boolean().default(false),
      ...window,
    }),
  ),
} as const
