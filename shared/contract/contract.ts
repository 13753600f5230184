import * as z from 'zod'
import { arms, type EngineStatus, type Progress } from '../domain/engine.ts'
import { outcomeSchema, type LabelRecord } from '../domain/label.ts'
import { reportFormats } from '../domain/report-format.ts'
import {
  runSpecSchema,
  samplingSchema,
  type Cell,
  type Run,
  type RunEvent,
  type RunPlan,
  type RunSummary,
  type Trace,
  type VariantProgress,
} from '../domain/run.ts'
import { thinkStates, type TokenRecord } from '../domain/trace.ts'
import type { CatalogueEntry, Family, MemoryFit, Variant } from '../domain/variant.ts'
import { cellStates, outcomes, probeRoles } from '../domain/words.ts'
import type { Settings } from './settings-view.ts'
import type {
  CatalogueFit,
  CellFacets,
  CellPage,
  DoctorReport,
  ExportedFile,
  GridView,
  LabelledAnswer,
  LabInfo,
  MakeOffer,
  PromptView,
  RefusalSummary,
  TraceMarks,
  TraceSearch,
  TrialEvent,
  UnlistedFile,
  VariantInspection,
} from './views.ts'
import type {
  OutcomeCounts,
  RefusalAgreement,
  RefusalCell,
  RefusalLogPage,
  RefusalPairPage,
  ReviewQueue,
} from './refusal-views.ts'
import type { ChangedThing } from './changed-thing.ts'
import { compareCalls } from './compare-calls.ts'
import { settingsPatchSchema } from './settings-patch.ts'
import { suiteCalls } from './suite-calls.ts'
import { call, stream, type Client } from './wire-types.ts'

const none = z.strictObject({})
const run = z.int().positive()
const cell = z.int().positive()
const variant = z.string().min(1).max(4096)
const window = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(1000).default(100) }

export const cellFilterSchema = z.strictObject({
  variantIndexes: z.array(z.int().min(0)).optional(),
  arms: z.array(z.enum(arms)).optional(),
  states: z.array(z.enum(cellStates)).optional(),
  thinkStates: z.array(z.enum(thinkStates)).optional(),
  outcomes: z.array(z.enum(outcomes)).optional(),
  correct: z.boolean().optional(),
  needsReview: z.boolean().optional(),
  promptIndexes: z.array(z.int().min(0)).max(200_000).optional(),
  tag: z.strictObject({ name: z.string(), value: z.string() }).optional(),
  query: z.string().max(1000).optional(),
})
const cellSort = z.enum([
  'order',
  'tokens',
  'thinkingTokens',
  'tokensPerSecond',
  'firstTokenMs',
  'promptId',
  'state',
  'outcome',
])

/** What the refusal log is narrowed to. Arrays mean any of; only finished cells of probes are in it. */
export const probeFilterSchema = z.strictObject({
  variantIndexes: z.array(z.int().min(0)).optional(),
  arms: z.array(z.enum(arms)).optional(),
  outcomes: z.array(z.enum(outcomes)).optional(),
  roles: z.array(z.enum(probeRoles)).optional(),
  topics: z.array(z.string()).max(10_000).optional(),
  languages: z.array(z.string()).max(1000).optional(),
  needsReview: z.boolean().optional(),
  /** In questions, thinking and answers. */
  query: z.string().max(1000).optional(),
})

/** Everything a host can ask of the lab. Names are `noun.verb`; inputs are parsed in the lab, whoever calls. */
export const contract = {
  'lab.info': call<LabInfo>()(none),
  /** What calls have changed, of whatever page or command; what happened between two reads comes in one item. */
  'lab.changes': stream<readonly ChangedThing[]>()(none),
  /** What was found, what is missing, and how to get it. */
  'lab.doctor': call<DoctorReport>()(none),
  'settings.get': call<Settings>()(none),
  'settings.set': call<Settings>()(settingsPatchSchema),
  'store.compact': call<{ beforeBytes: number; afterBytes: number }>()(none),
  /** Writes a whole copy into the backups folder while the lab goes on. */
  'store.copy': call<{ path: string; bytes: number }>()(none),

  'engines.status': call<readonly EngineStatus[]>()(none),

  'variants.list': call<readonly Family[]>()(z.strictObject({ refresh: z.boolean().default(false) })),
  /** Files in the model folders that the list leaves out: broken ones, parts of a model, and folders that cannot be read. */
  'variants.unlisted': call<readonly UnlistedFile[]>()(none),
  'variants.describe': call<VariantInspection>()(z.strictObject({ variant })),
  /** `asTrained`: none at more than it was trained for, which is what a load takes. Each says the context it is told for. */
  'variants.fit': call<readonly MemoryFit[]>()(
    z.strictObject({
      variants: z.array(variant).max(500),
      contextTokens: z.int().min(64),
      asTrained: z.boolean().default(false),
    }),
  ),
  'variants.load': call<{ loadMs: number }>()(
    z.strictObject({ variant, contextTokens: z.int().min(64).default(4096) }),
  ),
  'variants.unload': call<null>()(z.strictObject({ variant })),
  'variants.delete': call<null>()(z.strictObject({ variant })),
  'variants.copy': call<null>()(z.strictObject({ variant, to: z.string().min(1).max(500) })),
  'variants.pull': stream<Progress>()(
    z.strictObject({ endpoint: z.string().default('ollama'), name: z.string().min(1).max(500) }),
  ),
  /** What can be made of a variant, how large it would be and where it would be written. */
  'variants.offer': call<MakeOffer>()(
    z.strictObject({ variant, scale: z.enum(['block', 'channel', 'tensor']).default('block') }),
  ),
  /** Makes a file of another precision, and registers it with Ollama where `register` names a tag. */
  'variants.make': stream<Progress & { readonly made: Variant | null }>()(
    z.strictObject({
      variant,
      type: z.string().min(1),
      out: z.string().optional(),
      register: z.string().optional(),
      scale: z.enum(['block', 'channel', 'tensor']).default('block'),
    }),
  ),
  /** Makes sure the specimen's variants exist. Items only while something is made. */
  'specimen.prepare': stream<Progress>()(z.strictObject({ precisions: z.array(z.string()).optional() })),
  'catalogue.list': call<readonly CatalogueEntry[]>()(none),
  /** What each tag of the catalogue would need in memory where an endpoint is; default: this machine. */
  'catalogue.fit': call<readonly CatalogueFit[]>()(
    z.strictObject({ contextTokens: z.int().min(64), endpoint: z.string().optional() }),
  ),

  ...suiteCalls,

  'runs.plan': call<RunPlan>()(runSpecSchema),
  'runs.start': call<{ run: number }>()(runSpecSchema),
  'runs.list': call<readonly RunSummary[]>()(none),
  'runs.get': call<Run>()(z.strictObject({ run })),
  /** How far each variant has come, and how long the rest of it may take. */
  'runs.progress': call<readonly VariantProgress[]>()(z.strictObject({ run })),
  /** From now until the run ends; the first items tell where it stands. Coalesced for a slow reader. */
  'runs.watch': stream<RunEvent>()(z.strictObject({ run, text: z.boolean().default(true) })),
  'runs.pause': call<null>()(z.strictObject({ run })),
  'runs.cancel': call<null>()(z.strictObject({ run })),
  /** Runs exactly the missing cells; with `errors`, also those that failed. */
  'runs.resume': call<null>()(z.strictObject({ run, errors: z.boolean().default(false) })),
  /** Applies today's splitter, graders and rules to the stored texts. Generates nothing. */
  'runs.regrade': call<{ changed: number }>()(z.strictObject({ run })),
  'runs.rename': call<null>()(z.strictObject({ run, name: z.string().min(1).max(200) })),
  'runs.delete': call<null>()(z.strictObject({ run })),

  'cells.page': call<CellPage>()(
    z.strictObject({
      run,
      filter: cellFilterSchema.default({}),
      sort: cellSort.default('order'),
      descending: z.boolean().default(false),
      ...window,
    }),
  ),
  /** Counts for the choices of a filter. */
  'cells.facets': call<CellFacets>()(
    z.strictObject({
      run,
      filter: cellFilterSchema
        .pick({ variantIndexes: true, arms: true, states: true, thinkStates: true, correct: true })
        .default({}),
    }),
  ),
  'cells.grid': call<GridView>()(z.strictObject({ run })),
  'cells.trace': call<Trace>()(z.strictObject({ cell })),
  'cells.tokens': call<readonly TokenRecord[] | null>()(z.strictObject({ cell })),
  'cells.find': call<Cell | null>()(
    z.strictObject({
      run,
      variantIndex: z.int().min(0),
      promptIndex: z.int().min(0),
      arm: z.enum(arms),
      sample: z.int().min(0),
    }),
  ),
  /** One prompt of a run with every variant's cell of it. */
  'cells.prompt': call<PromptView>()(
    z.strictObject({
      run,
      promptIndex: z.int().min(0),
      arm: z.enum(arms).default('natural'),
      sample: z.int().min(0).default(0),
    }),
  ),
  'traces.search': call<TraceSearch>()(
    z.strictObject({ run, query: z.string().max(1000), part: z.enum(['thinking', 'answer']).optional(), ...window }),
  ),
  'traces.marks': call<TraceMarks>()(z.strictObject({ cell, query: z.string().max(1000) })),

  ...compareCalls,

  'refusals.summary': call<RefusalSummary>()(z.strictObject({ run, arm: z.enum(arms).optional() })),
  /** The log: every finished cell of a probe with the label that counts. `prompt` puts a question's variants together. */
  'refusals.log': call<RefusalLogPage>()(
    z.strictObject({
      run,
      filter: probeFilterSchema.default({}),
      sort: z.enum(['prompt', 'promptId', 'order', 'outcome']).default('prompt'),
      descending: z.boolean().default(false),
      ...window,
    }),
  ),
  'refusals.counts': call<OutcomeCounts>()(z.strictObject({ run, filter: probeFilterSchema.default({}) })),
  /** One cell of the log with texts, evidence, facts, history and its counterpart. */
  'refusals.cell': call<RefusalCell>()(z.strictObject({ cell })),
  /** Sensitive questions beside their controls. `topic`: of the sensitive question. */
  'refusals.pairs': call<RefusalPairPage>()(
    z.strictObject({
      run,
      arm: z.enum(arms).optional(),
      topic: z.string().optional(),
      lang: z.string().optional(),
      ...window,
    }),
  ),
  /** What to label next: `waiting`, what the rules put up for review; `check`, what they were sure of and nobody looked at. */
  'refusals.queue': call<ReviewQueue>()(
    z.strictObject({
      run,
      kind: z.enum(['waiting', 'check']).default('waiting'),
      /** Cells that were put off; they come last. */
      later: z.array(cell).max(10_000).default([]),
      limit: z.int().min(1).max(1000).default(20),
    }),
  ),
  'refusals.agreement': call<RefusalAgreement>()(z.strictObject({ run })),
  /** The whole log as JSON lines, one a label; `text`: with thinking and answer. */
  'refusals.export': call<ExportedFile>()(z.strictObject({ run, text: z.boolean().default(false) })),
  'refusals.history': call<readonly LabelRecord[]>()(z.strictObject({ cell })),
  /** Appends a person's label. Taking it back appends again: nothing is removed. */
  'refusals.label': call<LabelRecord>()(
    z.strictObject({
      cell,
      outcome: outcomeSchema,
      reason: z.string().max(2000).nullable().default(null),
      by: z.string().min(1).max(100),
    }),
  ),
  /** Labels answers made elsewhere: JSON lines of id, lang, question, answer, and where known thinking and facts. */
  'refusals.labelFile': stream<LabelledAnswer>()(
    z.strictObject({ text: z.string().max(64 * 1024 * 1024), file: z.string().default('answers.jsonl') }),
  ),

  'report.export': call<ExportedFile>()(
    z.strictObject({ run, format: z.enum(reportFormats), text: z.boolean().default(false) }),
  ),

  /** One prompt, some variants, one after the other: the Bench's prompt box. Nothing is stored. */
  'trial.run': stream<TrialEvent>()(
    z.strictObject({
      prompt: z.string().min(1).max(200_000),
      variants: z.array(variant).min(1).max(8),
      arm: z.enum(arms).default('natural'),
      sampling: samplingSchema.prefault({}),
      maxTokens: z.int().min(1).max(131_072).default(1024),
      contextTokens: z.int().min(64).default(4096),
    }),
  ),
} as const

export type LabContract = typeof contract
export type LabClient = Client<LabContract>
