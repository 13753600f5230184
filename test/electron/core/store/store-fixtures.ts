import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digest, endpointId, variantId, type CellId, type RunId, type SuiteHash } from '#shared/domain/ids.ts'
import type { Judgement, Outcome } from '#shared/domain/label.ts'
import { runSpecSchema, type RunVariant } from '#shared/domain/run.ts'
import type { HashedPrompt, HashedSuite } from '#shared/domain/suite.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { CellRecord, NewRun, Store } from '#core/store/store.ts'

/** A folder of its own, and the way to take it away. */
export function tempFolder(): { readonly folder: string; readonly storePath: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'assay-store-'))
  return {
    folder,
    storePath: join(folder, 'assay.sqlite'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export const sha = (text: string) => digest(createHash('sha256').update(text).digest('hex'))

export function makeVariant(name: string): Variant {
  const endpoint = endpointId('builtin')
  return {
    id: variantId(endpoint, `/models/${name}.gguf`),
    endpoint,
    engine: 'builtin',
    ref: `/models/${name}.gguf`,
    name: `specimen ${name}`,
    family: 'specimen',
    precision: { name, bitsPerWeight: name === 'F16' ? 16 : 8.5, simulated: false },
    digest: sha(name),
    weightsDigest: sha(name),
    sizeBytes: 1_000_000,
    parameters: 500_000,
    architecture: 'llama',
    contextTokens: 2048,
    capabilities: ['completion'],
    loaded: false,
    notes: [],
  }
}

export const makePrompt = (id: string, rest: Partial<HashedPrompt> = {}): HashedPrompt => ({
  id,
  text: `What is ${id}?`,
  lang: 'en',
  tags: {},
  contentHash: sha(JSON.stringify([id, rest])),
  ...rest,
})

export function makeSuite(
  name: string,
  prompts: readonly HashedPrompt[],
  rest: Partial<HashedSuite> = {},
): HashedSuite {
  return {
    schema: 'assay-suite/1',
    name,
    version: '1',
    description: '',
    attribution: [],
    prompts,
    hash: sha(JSON.stringify([name, prompts, rest])) as SuiteHash,
    ...rest,
  }
}

export interface RunShape {
  readonly prompts: number
  readonly variants?: readonly string[]
  readonly arms?: NewRun['arms']
  readonly samples?: number
  readonly suite?: HashedSuite
}

export function makeRun({ prompts, variants = ['F16'], arms = ['natural'], samples = 1, suite }: RunShape) {
  const used =
    suite ??
    makeSuite(
      'quick',
      Array.from({ length: prompts }, (_, index) => makePrompt(`p${index}`)),
    )
  const runVariants = variants.map((name, index): RunVariant => ({
    index,
    variant: makeVariant(name),
    role: index === 0 ? 'reference' : 'candidate',
  }))
  const run: NewRun = {
    name: 'a run',
    spec: runSpecSchema.parse({ suites: [used.hash], variants: runVariants.map(({ variant }) => variant.id) }),
    plan: {
      variants: runVariants,
      suites: [{ hash: used.hash, name: used.name, n: used.prompts.length }],
      cells: used.prompts.length * variants.length * arms.length * samples,
      loads: variants.length,
      bytes: 1,
      seconds: null,
      secondsFrom: null,
      mostSeconds: null,
      warnings: [],
      graded: 0,
      resolvablePoints: null,
    },
    variants: runVariants,
    prompts: used.prompts.map(({ id, contentHash }) => ({
      suite: used.hash,
      suiteName: used.name,
      promptId: id,
      contentHash,
    })),
    arms,
    samples,
  }
  return { suite: used, run }
}

/** A stored run with all its cells pending. */
export function addRun(store: Store, shape: RunShape): RunId {
  const { suite, run } = makeRun(shape)
  store.suites.put(suite, 'user', 1)
  return store.runs.create(run)
}

export const fingerprint: CellRecord['fingerprint'] = {
  engine: 'built-in',
  engineVersion: '3.21.1',
  variantDigest: sha('F16'),
  templateHash: sha('template'),
  contextTokens: 2048,
  batchTokens: null,
  threads: 1,
  offloaded: null,
  mode: 'raw',
  sampling: '{}',
  assayVersion: '0.1.0',
}

type RecordParts = Partial<CellRecord> & { readonly thinking?: string; readonly answer?: string }

/** A finished cell that thought and answered. */
export function makeRecord(cell: CellId, parts: RecordParts = {}): CellRecord {
  const { thinking = 'Let me think.', answer = 'Four.', ...rest } = parts
  const raw = `${thinking}</think>${answer}`
  return {
    cell,
    state: 'done',
    renderedPrompt: '<|user|>What?<|assistant|><think>\n',
    renderedHash: sha('<|user|>What?<|assistant|><think>\n'),
    raw,
    split: {
      thinkState: 'normal',
      thinking: { start: 0, end: thinking.length },
      answer: { start: raw.length - answer.length, end: raw.length },
      version: 'splitter/1',
    },
    endReason: 'stop',
    promptTokens: 12,
    outputTokens: 34,
    thinkingTokens: 20,
    timings: { firstTokenMs: 12.5, promptMs: 10.25, generateMs: 170, totalMs: 190.5 },
    seed: 1,
    fingerprint,
    error: null,
    attempts: 1,
    startedAtMs: 1_700_000_000_000,
    tokens: null,
    logprobsMissing: null,
    grade: { kind: 'graded', correct: true, found: 'Four', version: 'grading/1' },
    judgement: null,
    ...rest,
  }
}

export const failedRecord = (cell: CellId, rest: RecordParts = {}): CellRecord =>
  makeRecord(cell, {
    thinking: 'I was cut',
    answer: '',
    state: 'error',
    endReason: 'timeout',
    grade: null,
    error: { code: 'ENGINE_TIMEOUT', message: 'No text for 100 ms.', hint: 'Try again.' },
    ...rest,
  })

export const makeJudgement = (outcome: Outcome, rest: Partial<Judgement> = {}): Judgement => ({
  outcome,
  confidence: 0.9,
  needsReview: false,
  rule: 'facts',
  rulesVersion: 'rules/1',
  evidence: [{ part: 'answer', start: 0, end: 4, kind: 'fact', ref: 'fact:f1', attributed: false }],
  features: {
    thinkState: 'normal',
    emptyThinking: false,
    factRecall: 1,
    thinkingFactRecall: null,
    coreFacts: 1,
    coreFactsNeeded: 1,
    deniedFacts: 0,
    refusalHits: 0,
    partyLineHits: 0,
    partyLineDistinct: 0,
    partyLineDensity: 0,
    relevance: 1,
    answerChars: 4,
    answerLanguage: 'en',
    questionLanguage: 'en',
    flags: [],
  },
  ...rest,
})

/** Ids of a run's cells in schedule order. */
export const cellIds = (store: Store, run: RunId): readonly CellId[] =>
  store.cells.missing(run, { errors: true }).map(({ id }) => id)
