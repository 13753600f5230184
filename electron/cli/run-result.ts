import type { LabClient } from '#shared/contract/contract.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Context } from './context.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { renderComparison } from './render/comparison.ts'
import { candidateVerdicts } from './render/verdict.ts'

export interface CheckOptions {
  readonly check?: boolean
  readonly strict?: boolean
}

/** Prints what a finished run measured: one document for a program, tables for people. */
export async function printResult(context: Context, lab: LabClient, run: Run): Promise<readonly Comparison[]> {
  const { terminal } = context
  const comparisons: Comparison[] = []
  for (const arm of run.arms) comparisons.push(await lab['compare.get']({ run: run.id, arm }))
  if (context.json) {
    const { text } = await lab['report.export']({ run: run.id, format: 'json' })
    await terminal.print(text.trimEnd())
    return comparisons
  }
  for (const comparison of comparisons) {
    if (comparison.variants.some(({ n }) => n > 0) || !run.isProbeRun) {
      await terminal.print(`\n${renderComparison(comparison, terminal)}`)
    }
  }
  if (run.isProbeRun) {
    const { renderRefusals } = await import('./render/refusals.ts')
    await terminal.print(`\n${renderRefusals(await lab['refusals.summary']({ run: run.id }), terminal)}`)
  }
  return comparisons
}

/** The exit code that `--check` asks for: the worst verdict decides. */
export function checkVerdicts(comparisons: readonly Comparison[], { check, strict }: CheckOptions): ExitCode {
  if (check !== true && strict !== true) return exitCodes.ok
  const verdicts = comparisons.flatMap(candidateVerdicts)
  if (verdicts.includes('fail')) return exitCodes.verdictFailed
  const open = verdicts.length === 0 || verdicts.some((verdict) => verdict !== 'pass')
  return strict === true && open ? exitCodes.verdictOpen : exitCodes.ok
}
