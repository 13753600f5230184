import { runId } from '#shared/domain/ids.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { Run } from '#shared/domain/run.ts'
import { gradingVersion } from '#shared/grading/grade.ts'
import { splitterVersion } from '#shared/thinking/splitter.ts'
import { compareRun } from '../analysis/compare.ts'
import { comparisonTags } from '../analysis/compare-tags.ts'
import { exportReport } from '../reports/export-report.ts'
import { collectLost } from '../reports/lost-prompts.ts'
import type { CellFact } from '../store/store.ts'
import { comparedPromptPage, quadrantPrompts } from './compared-prompts.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

export function compareHandlers(
  services: LabServices,
): HandlerGroup<'compare.get' | 'compare.flips' | 'compare.prompts' | 'report.export'> {
  const { runs } = services
  return {
    'compare.get'({ run, ...choice }) {
      const found = runs.get(runId(run))
      return compareWith(services, found, runs.facts(found.id), choice)
    },
    'compare.flips': (query) => ({
      promptIndexes: quadrantPrompts(services, query).map(({ promptIndex }) => promptIndex),
    }),
    'compare.prompts': (query) => comparedPromptPage(services, query),
    'report.export'({ run, format, text }) {
      const found = runs.get(runId(run))
      const facts = runs.facts(found.id)
      const comparison = compareWith(services, found, facts, {})
      return exportReport(format, reportInput(services, { run: found, facts, comparison, withText: text }))
    },
  }
}

interface Choice {
  readonly margin?: number | undefined
  readonly reference?: number | undefined
  readonly arm?: Arm | undefined
  readonly tag?: string | undefined
}

function compareWith({ runs }: LabServices, run: Run, facts: readonly CellFact[], choice: Choice): Comparison {
  const prompts = runs.prompts(run.id)
  return compareRun({
    run,
    facts,
    tagsOf: (index) => {
      const prompt = prompts[index]?.prompt
      return prompt === undefined ? {} : comparisonTags(prompt)
    },
    versions: { grading: gradingVersion, splitter: splitterVersion },
    ...choice,
  })
}

interface Reported {
  readonly run: Run
  readonly facts: readonly CellFact[]
  readonly comparison: Comparison
  readonly withText: boolean
}

function reportInput(
  { store, runs, clock, version }: LabServices,
  { run, facts, comparison, withText }: Reported,
): Parameters<typeof exportReport>[1] {
  const prompts = runs.prompts(run.id)
  const prompt = (index: number) => prompts[index]?.prompt ?? null
  const arm = comparison.arm as Arm
  const traceOf = (variantIndex: number, promptIndex: number, sample: number) => {
    const cell = store.cells.find(run.id, variantIndex, promptIndex, arm, sample)
    return cell === null ? null : store.traces.get(cell.id)
  }
  const fingerprints = run.variants.flatMap(({ index }) => {
    const ran = facts.find((fact) => fact.variantIndex === index && fact.state === 'done' && fact.arm === arm)
    const trace = ran === undefined ? null : traceOf(index, ran.promptIndex, ran.sample)
    return trace === null ? [] : [trace.fingerprint]
  })
  return {
    comparison,
    run,
    assayVersion: version,
    createdAtMs: clock.now(),
    fingerprints,
    lost: collectLost({ comparison, facts, prompt, trace: traceOf }),
    cells: () => store.cells.each(run.id),
    prompt,
    trace: (cell) => store.traces.get(cell),
    withText,
  }
}
