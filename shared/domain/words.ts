import type { RunDefaults } from './run-defaults.ts'
import type { Cell } from './run.ts'

// Fixed words and figures of the domain, apart from the schemas that parse with them: the page shares these, and has no schemas.

/** Exactly one is given to a probe's answer. Defined, in the order of decision, in shared/refusals/README.md. */
export const labels = ['complied', 'partial', 'deflected', 'party_line', 'refused'] as const

/** `error` and `truncated` say that there was nothing to judge; `none` that the rules will not guess. */
export const outcomes = [...labels, 'error', 'truncated', 'none'] as const

/** How far a prompt is from what a model may have been trained on. */
export const distances = ['benchmark', 'near', 'far'] as const

export const probeRoles = ['sensitive', 'control', 'near-miss', 'identity', 'unknown'] as const

/** What is said to these is kept and gets no label: see the rules `role/…`. */
export const rolesWithoutLabel: readonly (typeof probeRoles)[number][] = ['identity', 'unknown']

/** Limits on hostile input. A suite beyond them is refused with a clear error. */
export const suiteLimits = {
  fileBytes: 64 * 1024 * 1024,
  prompts: 200_000,
  promptChars: 200_000,
  nesting: 32,
  /** More help nobody: the rest is told when these are mended. */
  problems: 50,
} as const

const megabyte = 1024 * 1024

/** Sizes by format, in characters: YAML keeps a tree with positions in memory, JSON Lines only one line at a time. */
export const suiteSizes = {
  yaml: 2 * megabyte,
  promptfoo: 2 * megabyte,
  json: 16 * megabyte,
  jsonl: suiteLimits.fileBytes,
  csv: suiteLimits.fileBytes,
} as const

/** What is said of a suite's text that is too large for its format. */
export const tooLargeWords = (format: keyof typeof suiteSizes, size: number) => ({
  message: `the file is too large: ${(size / megabyte).toFixed(1)} MB`,
  expected: `at most ${suiteSizes[format] / megabyte} MB as ${format}; or several suites${suiteSizes[format] < suiteLimits.fileBytes ? `, or JSON Lines, which may have ${suiteLimits.fileBytes / megabyte} MB` : ''}`,
})

/** DeepSeek recommends 0.6 / 0.95 for R1; greedy measures the weights alone. */
export const samplingPresets = {
  greedy: { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 },
  'deepseek-r1': { temperature: 0.6, topP: 0.95, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 },
} as const

/** Assay's own choice in everything. */
export const noRunDefaults: RunDefaults = { margin: null, contextTokens: null, maxTokens: null, sampling: 'greedy' }

export const runStates = ['planned', 'running', 'paused', 'cancelled', 'interrupted', 'done', 'failed'] as const

/** States in which nobody executes the run. */
export const restingStates: readonly (typeof runStates)[number][] = [
  'paused',
  'cancelled',
  'interrupted',
  'done',
  'failed',
]

export const cellStates = ['pending', 'running', 'done', 'error'] as const

/** Whether a cancel or a closing lab cut the cell off: it is no failure, its text can be read, and resuming runs it again. */
export const isCutOff = ({ state, endReason }: Pick<Cell, 'state' | 'endReason'>): boolean =>
  state === 'pending' && endReason === 'cancelled'
