import type { RunSpecInput } from '#shared/domain/run.ts'

/** The suite of the first run, and the precisions it compares: the same as the command line's demo. */
export const specimenSuite = 'specimen-quick'
export const specimenPrecisions = ['F16', 'Q8_0', 'FP8-E4M3 (simulated)', 'Q4_K_M', 'Q2_K'] as const

/** The specimen was trained for 512 tokens of context; its longest answers stay far below 256. */
export const specimenLimits = { contextTokens: 512, maxTokens: 256 } as const

export const specimenSpec = (variants: readonly string[]): RunSpecInput => ({
  name: "The specimen's precisions",
  suites: [specimenSuite],
  variants: [...variants],
  ...specimenLimits,
})
