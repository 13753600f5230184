import { runId } from '#shared/domain/ids.ts'
import type { Arm } from '#shared/domain/engine.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { Run } from '#shared/domain/run.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import { gradingVersion } from '#shared/grading/grade.ts'
import { splitterVersion } from '#shared/thinking/splitter.ts'
import { compareRun } from '../analysis/compare.ts'
import { comparisonTags } from '../analysis/compare-tags.ts'
import { exportReport } from '../reports/export-report.ts'
import { collectLost } from '../reports/lost-prompts.ts'
import type { ArmReport, ReportInput } from '../reports/report-input.ts'
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
      return exportReport(format, reportInput(services, { run: found, facts, withText: text }))
    },
  }
}

interface Choice {
  readonly margin?: number | undefined
  readonly reference?: number | undefined
  readonly arm?: Arm | undefined
  readonly tag?: string | undefined
}

function compareWith(services: LabServices, run: Run, facts: readonly CellFact[], choice: Choice): Comparison {
  const prompts = services.runs.prompts(run.id)
  return compareRun({
    run,
    facts,
    tagsOf: (index) => {
      const prompt = prompts[index]?.prompt
      return prompt === undefined ? {} : comparisonTags(prompt)
    },
    versions: { grading: gradingVersion, splitter: splitterVersion },
    fingerprints: fingerprintsOf(services, { run, facts, arm: choice.arm ?? run.arms[0] ?? 'natural' }),
    ...choice,
  })
}

interface RanCells {
  readonly run: Run
  readonly facts: readonly CellFact[]
  readonly arm: Arm
}

/** What each variant ran with, from its first cell of the arm that came to its end. */
function fingerprintsOf({ store }: LabServices, { run, facts, arm }: RanCells): readonly Fingerprint[] {
  return run.variants.flatMap(({ index }) => {
    const ran = facts.find((fact) => fact.variantIndex === index && fact.state === 'done' && fact.arm === arm)
    const cell = ran === undefined ? null : store.cells.find(run.id, index, ran.promptIndex, arm, ran.sample)
    const trace = cell === null ? null : store.traces.get(cell.id)
    return trace === null ? [] : [trace.fingerprint]
  })
}

interface Reported {
  readonly run: Run
  readonly facts: readonly CellFact[]
  readonly withText: boolean
}

function reportInput(services: LabServices, { run, facts, withText }: Reported): ReportInput {
  const { store, runs, clock, version } = services
  const prompts = runs.prompts(run.id)
  const prompt = (index: number) => prompts[index]?.prompt ?? null
  const traceIn = (arm: Arm) => (variantIndex: number, promptIndex: number, sample: number) => {
    const cell = store.cells.find(run.id, variantIndex, promptIndex, arm, sample)
    return cell === null ? null : store.traces.get(cell.id)
  }
  const [first = 'natural', ...others] = run.arms
  const reportArm = (arm: Arm): ArmReport => {
    const comparison = compareWith(services, run, facts, { arm })
    return { comparison, lost: collectLost({ comparison, facts, prompt, trace: traceIn(arm) }) }
  }
  return {
    arms: [reportArm(first), ...others.map(reportArm)],
    run,
    assayVersion: version,
    createdAtMs: clock.now(),
    fingerprints: run.arms.flatMap((arm) => fingerprintsOf(services, { run, facts, arm })),
    cells: () => store.cells.each(run.id),
    prompt,
    trace: (cell) => store.traces.get(cell),
    withText,
  }
}
