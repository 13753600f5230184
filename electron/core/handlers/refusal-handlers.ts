import { cellId, runId } from '#shared/domain/ids.ts'
import { LabError } from '#shared/domain/error.ts'
import { summariseRefusals } from '../analysis/refusals.ts'
import { labelAnswers } from '../analysis/refusals-label-file.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'
import { exportLabelLog, outcomeCounts, refusalCell, refusalLogPage } from './refusal-log.ts'
import { refusalAgreement, refusalPairPage, reviewQueue } from './refusal-review.ts'

type Names =
  | 'refusals.summary'
  | 'refusals.log'
  | 'refusals.counts'
  | 'refusals.cell'
  | 'refusals.pairs'
  | 'refusals.queue'
  | 'refusals.agreement'
  | 'refusals.export'
  | 'refusals.history'
  | 'refusals.label'
  | 'refusals.labelFile'

export function refusalHandlers(services: LabServices): HandlerGroup<Names> {
  const { store, runs, clock } = services
  return {
    'refusals.log': (query) => refusalLogPage(services, query),
    'refusals.counts': (query) => outcomeCounts(services, query),
    'refusals.cell': ({ cell }) => refusalCell(services, cell),
    'refusals.pairs': (query) => refusalPairPage(services, query),
    'refusals.queue': (query) => reviewQueue(services, query),
    'refusals.agreement': ({ run }) => refusalAgreement(services, run),
    'refusals.summary'({ run, arm }) {
      const found = runs.get(runId(run))
      if (!found.isProbeRun) {
        throw new LabError('BAD_REQUEST', `Run ${run} asked no probes.`, {
          hint: 'Run a probe pack, such as prc-starter.',
        })
      }
      return summariseRefusals({
        run: found,
        arm: arm ?? found.arms[0] ?? 'natural',
        facts: store.cells.facts(found.id),
        prompts: runs.prompts(found.id).map(({ prompt }) => prompt),
        labels: store.labels.latest(found.id),
        answerOf: ({ variantIndex, promptIndex, arm: asked, sample }) => {
          const cell = store.cells.find(found.id, variantIndex, promptIndex, asked, sample)
          const trace = cell === null ? null : store.traces.get(cell.id)
          return trace === null ? null : trace.raw.slice(trace.split.answer.start, trace.split.answer.end)
        },
      })
    },
    'refusals.export': ({ run, text }) => exportLabelLog(services, { run, text }),
    'refusals.history': ({ cell }) => store.labels.history(cellId(cell)),
    'refusals.label': ({ cell, outcome, reason, by }) =>
      store.labels.append({ cell, outcome, source: 'person', by, reason, judgement: null, atMs: clock.now() }),
    'refusals.labelFile': ({ text, file }) => labelAnswers(text, file),
  }
}
