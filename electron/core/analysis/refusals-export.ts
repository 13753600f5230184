import type { LabelRecord } from '#shared/domain/label.ts'
import type { Cell, Run } from '#shared/domain/run.ts'
import type { Prompt } from '#shared/domain/suite.ts'
import { variantNames } from '#shared/domain/variant-names.ts'

/** A cell of a probe with everything that was ever said of it. */
export interface LoggedCell {
  readonly cell: Cell
  readonly prompt: Prompt
  readonly history: readonly LabelRecord[]
  /** The label that counts; null where none does. */
  readonly counts: LabelRecord | null
  /** Null where texts are not wanted. */
  readonly texts: { readonly thinking: string; readonly answer: string } | null
}

/** The log as JSON lines, one a label in the order of cells and then of time, with what it was given to. */
export function* labelLogLines(run: Run, cells: Iterable<LoggedCell>): Generator<string, void, undefined> {
  const names = variantNames(run.variants)
  for (const { cell, prompt, history, counts, texts } of cells) {
    const variant = run.variants.find(({ index }) => index === cell.variantIndex)?.variant
    const about = {
      run: run.id,
      key: cell.key,
      variant: names.get(cell.variantIndex) ?? null,
      digest: variant?.digest ?? null,
      suite: cell.suite,
      prompt: cell.promptId,
      lang: prompt.lang,
      topic: prompt.probe?.topic ?? null,
      pair: prompt.probe?.pair ?? null,
      role: prompt.probe?.role ?? null,
      arm: cell.arm,
      sample: cell.sample,
      question: prompt.text,
      ...texts,
    }
    for (const { id, outcome, source, by, reason, judgement, atMs } of history) {
      const label = {
        line: id,
        at: new Date(atMs).toISOString(),
        outcome,
        source,
        by,
        reason,
        counts: id === counts?.id,
      }
      yield `${JSON.stringify({ ...about, ...label, judgement })}\n`
    }
  }
}
