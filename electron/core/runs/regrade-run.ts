import type { RunId } from '#shared/domain/ids.ts'
import { splitText } from '#shared/thinking/splitter.ts'
import type { RunPrompt, Store } from '../store/store.ts'
import { armPrompt } from './arm-prompt.ts'
import { judgeVersion } from './judge-cells.ts'
import { derive } from './run-cell.ts'

/** Applies today's splitter, graders and rules to every stored text of a run. Returns how many cells came out otherwise. */
export function regradeRun(store: Store, run: RunId, prompts: readonly RunPrompt[]): number {
  let changed = 0
  for (const cell of store.cells.each(run)) {
    const prompt = prompts[cell.promptIndex]?.prompt
    const trace = cell.state === 'done' ? store.traces.get(cell.id) : null
    if (prompt === undefined || trace === null) continue
    const render = cell.arm === 'chat' ? null : store.runs.render(run, cell.promptIndex)
    const split =
      cell.arm === 'chat' || render === null
        ? trace.split
        : splitText(trace.raw, {
            startsInside: armPrompt(render.text, cell.arm).startsInside,
            endReason: trace.endReason,
          })
    const { grade, judgement } = derive(prompt, { raw: trace.raw, split, endReason: trace.endReason, error: null })
    // What a judge decided is not for the rules to take back.
    const kept = trace.grade?.version === judgeVersion ? trace.grade : grade
    store.cells.setDerived(cell.id, { split, grade: kept, judgement })
    const correct = kept?.kind === 'graded' ? kept.correct : null
    if (
      correct !== cell.correct ||
      split.thinkState !== cell.thinkState ||
      (judgement?.outcome ?? null) !== cell.outcome
    )
      changed += 1
  }
  return changed
}
