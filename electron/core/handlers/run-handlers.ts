import { runId } from '#shared/domain/ids.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

type Names =
  | 'runs.plan'
  | 'runs.start'
  | 'runs.list'
  | 'runs.get'
  | 'runs.progress'
  | 'runs.watch'
  | 'runs.pause'
  | 'runs.cancel'
  | 'runs.resume'
  | 'runs.regrade'
  | 'runs.rename'
  | 'runs.delete'

export function runHandlers({ runs, store }: LabServices): HandlerGroup<Names> {
  return {
    'runs.plan': (spec, { signal }) => runs.plan(spec, signal),
    'runs.start': async (spec, { signal }) => ({ run: await runs.start(spec, signal) }),
    'runs.list': () => runs.list(),
    'runs.get': ({ run }) => runs.get(runId(run)),
    'runs.progress': ({ run }) => runs.progress(runId(run)),
    'runs.watch': ({ run, text }, { signal }) => runs.watch(runId(run), { text }, signal),
    'runs.pause'({ run }) {
      runs.stop(runId(run), 'pause')
      return null
    },
    'runs.cancel'({ run }) {
      runs.stop(runId(run), 'cancel')
      return null
    },
    'runs.resume'({ run, errors }) {
      runs.resume(runId(run), { errors })
      return null
    },
    'runs.regrade': async ({ run }) => ({ changed: await runs.regrade(runId(run)) }),
    'runs.rename'({ run, name }) {
      store.runs.rename(runs.get(runId(run)).id, name)
      return null
    },
    'runs.delete'({ run }) {
      runs.delete(runId(run))
      return null
    },
  }
}
