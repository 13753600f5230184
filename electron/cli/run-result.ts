import type { LabClient } from '#shared/contract/contract.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Context } from './context.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { renderComparison } from './render/comparison.ts'
import { countedText } from '#shared/domain/figures.ts'
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
    const refusals = run.isProbeRun ? { refusals: await lab['refusals.summary']({ run: run.id }) } : {}
    await terminal.print(JSON.stringify({ ...(JSON.parse(text) as object), ...refusals }, null, 2))
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

/** Which errors the failed cells ended with, and how to run those again. */
export async function tellFailures({ terminal, program }: Context, lab: LabClient, run: Run): Promise<void> {
  if (run.counts.error === 0) return
  const { rows } = await lab['cells.page']({ run: run.id, filter: { states: ['error'] }, limit: 1000 })
  const reasons = new Map<string, number>()
  for (const { errorCode } of rows) reasons.set(errorCode ?? 'unknown', (reasons.get(errorCode ?? 'unknown') ?? 0) + 1)
  const list = [...reasons].map(([code, cells]) => `${code} ${cells}`).join(', ')
  const more = run.counts.error > rows.length ? `, of the first ${rows.length}` : ''
  terminal.note(`${countedText(run.counts.error, 'cell')} failed (${list}${more}).`)
  terminal.note(`What happened: ${program} show ${run.id} --state error --text`)
  terminal.note(`Run them again: ${program} resume ${run.id} --errors`)
}

/** The exit code of a run that came to its end: one in which no cell at all could be run is a failure. */
export function runExitCode({ counts }: Run, comparisons: readonly Comparison[], options: CheckOptions): ExitCode {
  if (counts.done === 0 && counts.error > 0) return exitCodes.failure
  return checkVerdicts(comparisons, options)
}

/** The exit code that `--check` asks for: the worst verdict decides. */
export function checkVerdicts(comparisons: readonly Comparison[], { check, strict }: CheckOptions): ExitCode {
  if (check !== true && strict !== true) return exitCodes.ok
  const verdicts = comparisons.flatMap(candidateVerdicts)
  if (verdicts.includes('fail')) return exitCodes.verdictFailed
  const open = verdicts.length === 0 || verdicts.some((verdict) => verdict !== 'pass')
  return strict === true && open ? exitCodes.verdictOpen : exitCodes.ok
}
