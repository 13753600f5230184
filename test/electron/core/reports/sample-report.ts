import * as fc from 'fast-check'
import { compareRun } from '#core/analysis/compare.ts'
import { collectLost } from '#core/reports/lost-prompts.ts'
import type { ArmReport, ReportInput } from '#core/reports/report-input.ts'
import type { CellFact } from '#core/store/store.ts'
import type { Arm } from '#shared/domain/engine.ts'
import { cellId, cellKey } from '#shared/domain/ids.ts'
import type { Cell, Run, Trace } from '#shared/domain/run.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import { fact, fakeDigest, sampleRun, specimenRun, variant } from '../analysis/sample-run.ts'

const fingerprint: Fingerprint = {
  engine: 'builtin',
  engineVersion: 'llama.cpp b7710',
  variantDigest: fakeDigest(1),
  templateHash: fakeDigest(2),
  contextTokens: 1024,
  batchTokens: 512,
  threads: 1,
  offloaded: 0,
  mode: 'raw',
  sampling: 'greedy',
  assayVersion: '0.1.0',
}

/** Any UTF-16 units: controls, markup, halves of surrogate pairs. */
export const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) })

export interface SampleOptions {
  readonly run: Run
  readonly facts: readonly CellFact[]
  readonly tags: readonly Readonly<Record<string, string>>[]
  /** What stands in prompts and answers. */
  readonly words?: string
  readonly withText?: boolean
}

/** A report's input from facts: prompts and traces made up around them. */
export function sampleReport({ run, facts, tags, words = '', withText = false }: SampleOptions): ReportInput {
  const prompt = (index: number): Prompt | null => {
    const own = tags[index]
    if (own === undefined) return null
    const family = own['family'] ?? 'item'
    return {
      id: `${family.toWellFormed()}-${index}`,
      text: `${words}Calculate the sum of ${index} and 99.`,
      lang: 'en',
      tags: own,
    }
  }
  const cells = facts.map((fact, id) =>
    sampleCell(run, fact, { id: id + 1, promptId: prompt(fact.promptIndex)?.id ?? '' }),
  )
  const trace = (cell: Cell | undefined) => (cell === undefined ? null : sampleTrace(cell, words))
  const find = (variantIndex: number, promptIndex: number, sample: number) =>
    cells.find((c) => c.variantIndex === variantIndex && c.promptIndex === promptIndex && c.sample === sample)
  const reportArm = (arm: Arm): ArmReport => {
    const comparison = compareRun({
      run,
      facts,
      arm,
      tagsOf: (index) => tags[index] ?? {},
      versions: { grading: 'grade-1', splitter: 'split-1' },
    })
    return { comparison, lost: collectLost({ comparison, facts, prompt, trace: (v, p, s) => trace(find(v, p, s)) }) }
  }
  const [first = 'natural', ...others] = run.arms
  return {
    arms: [reportArm(first), ...others.map(reportArm)],
    run,
    assayVersion: '0.1.0',
    createdAtMs: Date.UTC(2026, 10, 23, 10),
    fingerprints: [fingerprint],
    cells: () => cells,
    prompt,
    trace: (id) => trace(cells[id - 1]),
    withText,
  }
}

/** The specimen's counts under seven precisions, with a noise floor. */
export const specimenReport = (options: Partial<SampleOptions> = {}): ReportInput =>
  sampleReport({ ...specimenRun(), ...options })

export const twoVariants = [variant({ precisionName: 'F16' }), variant({ precisionName: 'FP8-E4M3 (simulated)' })]

/** Some prompts under two variants; the second loses the first of them, and its last cell failed. */
export function smallReport(words = '', withText = false) {
  const facts = [0, 1, 2, 3].flatMap((promptIndex) => [
    fact({ variantIndex: 0, promptIndex }),
    promptIndex === 3
      ? fact({ variantIndex: 1, promptIndex, state: 'error', correct: null, graded: false, tokens: null })
      : fact({ variantIndex: 1, promptIndex, correct: promptIndex > 0 }),
  ])
  const tags = [0, 1, 2, 3].map((i) => ({ family: i < 2 ? `${words}add` : 'mul', distance: 'near' }))
  const run = { ...sampleRun({ variants: twoVariants, prompts: 4 }), name: `${words}a run` }
  return sampleReport({ run, facts, tags, words, withText })
}

function sampleCell(
  run: Run,
  fact: CellFact,
  { id, promptId }: { readonly id: number; readonly promptId: string },
): Cell {
  const planned = run.variants[fact.variantIndex]!
  return {
    id: cellId(id),
    key: cellKey({
      run: run.id,
      variantDigest: planned.variant.digest,
      repeat: planned.role === 'repeat',
      suite: 'specimen-quick',
      promptId,
      contentHash: fakeDigest(fact.promptIndex + 1),
      arm: fact.arm,
      sample: fact.sample,
    }),
    run: run.id,
    variantIndex: fact.variantIndex,
    promptIndex: fact.promptIndex,
    promptId,
    suite: 'specimen-quick',
    arm: fact.arm,
    sample: fact.sample,
    state: fact.state,
    thinkState: fact.thinkState,
    correct: fact.correct,
    outcome: fact.outcome,
    needsReview: false,
    tokens: fact.tokens,
    thinkingTokens: fact.thinkingTokens,
    tokensPerSecond: fact.tokens === null || fact.generateMs === null ? null : (1000 * fact.tokens) / fact.generateMs,
    firstTokenMs: fact.firstTokenMs,
    endReason: fact.state === 'done' ? 'stop' : null,
    errorCode: fact.state === 'error' ? 'ENGINE_TIMEOUT' : null,
  }
}

function sampleTrace(cell: Cell, words: string): Trace {
  const sum = cell.promptIndex + 99
  const found = `${words}${cell.correct === true ? sum : sum + 10}`
  const thinking = `${words}${cell.promptIndex}+99=${found}.`
  const raw = `<think>${thinking}</think>${found}`
  return {
    cell,
    prompt: 'Calculate',
    renderedPrompt: null,
    renderedHash: null,
    raw,
    split: {
      thinkState: 'normal',
      thinking: { start: 7, end: 7 + thinking.length },
      answer: { start: raw.length - found.length, end: raw.length },
      version: 'split-1',
    },
    endReason: 'stop',
    promptTokens: 12,
    outputTokens: cell.tokens,
    timings: { firstTokenMs: 6, promptMs: 5, generateMs: 40, totalMs: 46 },
    seed: 1,
    fingerprint,
    grade: { kind: 'graded', correct: cell.correct === true, found, version: 'grade-1' },
    error: null,
    attempts: 1,
    logprobsMissing: null,
    startedAtMs: 0,
  }
}

/** Two arms: nothing is lost in the first, everything in the second. */
export function twoArmReport(withText = false) {
  const run = { ...sampleRun({ variants: twoVariants, prompts: 4 }), arms: ['natural', 'suppressed'] as const }
  const facts = [0, 1, 2, 3].flatMap((promptIndex) => [
    ...[0, 1].map((variantIndex) => fact({ variantIndex, promptIndex })),
    fact({ variantIndex: 0, promptIndex, arm: 'suppressed' }),
    fact({ variantIndex: 1, promptIndex, arm: 'suppressed', correct: false }),
  ])
  return sampleReport({ run, facts, tags: [0, 1, 2, 3].map(() => ({ distance: 'near' })), withText })
}
