import * as z from 'zod'
import type { HashedSuite, SuiteProblem, SuiteSummary } from '../domain/suite.ts'
import { suiteLimits } from '../domain/words.ts'
import type { SuiteDetails, SuitePreview, SuitePromptPage, SuitePromptView, SuiteTemplate } from './suite-views.ts'
import type { ExportedFile } from './views.ts'
import { call } from './wire-types.ts'

const none = z.strictObject({})
/** A name, which means its newest version, or a digest. */
const suite = z.string().min(1).max(200)
const window = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(1000).default(100) }

/** All given have to fit. `grader` and `role` may be `none`. */
export const promptFilterSchema = z.strictObject({
  /** Only prompts whose id, text, expected answer or topic contains this, whatever the case. */
  query: z.string().max(1000).optional(),
  distance: z.string().optional(),
  family: z.string().optional(),
  grader: z.string().optional(),
  lang: z.string().optional(),
  role: z.string().optional(),
})

const generateSchema = z.strictObject({
  template: z.string(),
  n: z.int().min(1).max(100_000),
  seed: z.int().min(0),
  name: z.string().optional(),
})

/** What can be asked of the suites: a part of the contract. */
export const suiteCalls = {
  'suites.list': call<readonly SuiteSummary[]>()(none),
  /** What a reader says of a suite, hidden ones included when they are asked for by digest. */
  'suites.describe': call<SuiteDetails>()(z.strictObject({ suite })),
  /** Prompts as rows: those that fit the filter, in the order asked for. */
  'suites.prompts': call<SuitePromptPage>()(
    z.strictObject({
      suite,
      filter: promptFilterSchema.default({}),
      sort: z.enum(['order', 'id', 'distance', 'grader', 'length']).default('order'),
      descending: z.boolean().default(false),
      ...window,
    }),
  ),
  'suites.prompt': call<SuitePromptView>()(z.strictObject({ suite, index: z.int().min(0) })),
  /** Smallest loss in points that so many graded prompts can tell from none. */
  'suites.resolvable': call<{ readonly flipRate: number; readonly points: readonly number[] }>()(
    z.strictObject({ counts: z.array(z.int().min(1)).max(10_000) }),
  ),
  'suites.get': call<HashedSuite>()(z.strictObject({ suite })),
  /** The text a user wrote, for an editor; the canonical form where it was no YAML or JSON. */
  'suites.source': call<{ text: string; format: 'yaml' | 'json' }>()(z.strictObject({ suite })),
  /** `problems`: what is wrong, or what the import of a sound file leaves out; `advice`: what is sound and may be meant otherwise. */
  'suites.check': call<{
    problems: readonly SuiteProblem[]
    advice: readonly SuiteProblem[]
    preview: SuitePreview | null
  }>()(
    z.strictObject({
      text: z.string().max(suiteLimits.fileBytes),
      format: z.enum(['yaml', 'json', 'jsonl', 'csv', 'promptfoo']),
      file: z.string().default('suite'),
    }),
  ),
  /** `notes`: what an import of a foreign format left out, and advice. */
  'suites.save': call<SuiteSummary & { readonly notes: readonly SuiteProblem[] }>()(
    z.strictObject({
      text: z.string().max(suiteLimits.fileBytes),
      format: z.enum(['yaml', 'json', 'jsonl', 'csv', 'promptfoo']),
      file: z.string().default('suite'),
    }),
  ),
  'suites.templates': call<readonly SuiteTemplate[]>()(none),
  'suites.generate': call<SuiteSummary>()(generateSchema),
  /** How a generated suite begins, and what all of it could tell. Nothing is kept. */
  'suites.sample': call<Pick<SuitePreview, 'prompts' | 'resolvablePoints'>>()(generateSchema),
  /** Keeps a copy under a free name, comments and all where its user wrote YAML. */
  'suites.duplicate': call<SuiteSummary>()(z.strictObject({ suite })),
  'suites.export': call<ExportedFile>()(z.strictObject({ suite, format: z.enum(['yaml', 'json', 'jsonl', 'csv']) })),
  'suites.delete': call<null>()(z.strictObject({ suite })),
  'suites.restore': call<null>()(z.strictObject({ suite })),
} as const
