import type { Run } from '#shared/domain/run.ts'
import { RunNotice } from '../../ui/run-notice.tsx'

/** Where the run stands, as far as the verdicts depend on it. */
export function CompareNotice({ run, figures }: { readonly run: Run; readonly figures: boolean }) {
  return (
    <RunNotice
      run={run}
      calls="compare."
      whileGoing="Only prompts that both variants have answered are compared, and every figure may still change."
      ofErrors="They are left out of every figure and never counted as wrong."
      figures={figures}
    />
  )
}
