import type { ReactNode } from 'react'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { Run } from '#shared/domain/run.ts'
import { LinkButton } from '../../ui/button.tsx'

export interface Nothing {
  readonly what: string
  readonly why: string
  readonly actions: ReactNode
}

/** Why a run has no verdicts to show, and where to go; null where it has. */
export function nothingToCompare(run: Run, { variants }: Comparison): Nothing | null {
  if (variants.some(({ pairs, quadrants }) => quadrants !== null && pairs > 0)) return null
  const go = (label: string, href: string) => <LinkButton href={href}>{label}</LinkButton>
  if (variants.length < 2) {
    return {
      what: 'One variant has nothing to be compared with.',
      why: 'A comparison needs the reference and at least one variant of it on the same prompts.',
      actions: (
        <>
          {go('Read its traces', `#/traces/${run.id}`)}
          {go('New run', '#/runs/new')}
        </>
      ),
    }
  }
  const open = run.counts.pending + run.counts.running
  if (open > 0) {
    return {
      what: 'Nothing to compare yet.',
      why: 'Verdicts appear as soon as two variants have answered the same prompts: variants run one after the other.',
      actions: go('Read its traces', `#/traces/${run.id}`),
    }
  }
  if (run.isProbeRun) {
    return {
      what: 'This run asks probes, which have labels and no grades.',
      why: 'How the variants differ in what they withhold is told in Refusals.',
      actions: (
        <>
          {go('Refusals of this run', `#/refusals/${run.id}`)}
          {go('Read the traces', `#/traces/${run.id}`)}
        </>
      ),
    }
  }
  return {
    what: 'No prompt was graded under two variants.',
    why:
      run.counts.error > 0
        ? 'Every pair has a cell that ended with an error.'
        : 'The prompts of this run have no graders, or no answer could be graded.',
    actions: go('Open the run', `#/runs/${run.id}`),
  }
}
