import type { LabClient } from '#shared/contract/contract.ts'
import { LabError, type ErrorInfo } from '#shared/domain/error.ts'
import type { Run, RunEvent } from '#shared/domain/run.ts'
import type { Context } from './context.ts'
import { makeProgressLine, type Standing } from './progress-line.ts'
import { variantLabels } from './render/variant-labels.ts'

/**
 * Watches a run until it rests, with progress on the terminal. Ctrl-C cancels it and waits until its state is stored;
 * with `onInterrupt: 'leave'` it only ends the watching.
 * @returns the finished run
 * @throws LabError CANCELLED with the command that continues it; the run's own error where it failed
 */
export async function followRun(
  context: Context,
  lab: LabClient,
  run: number,
  { onInterrupt }: { readonly onInterrupt: 'cancel' | 'leave' } = { onInterrupt: 'cancel' },
): Promise<Run> {
  context.begun()
  const { signal } = context.interrupts
  const line = makeProgressLine(context.terminal)
  const cancels: Promise<unknown>[] = []
  let told: ErrorInfo | null = null
  const cancel = () => {
    // The run is watched until it rests; only then is it told that asking it to stop failed.
    cancels.push(lab['runs.cancel']({ run }).catch((error: unknown) => error))
  }
  if (onInterrupt === 'cancel') signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    const { variants } = await lab['runs.get']({ run })
    const standing = makeStanding(variantLabels(variants))
    const watching = onInterrupt === 'leave' ? { signal } : {}
    for await (const event of lab['runs.watch']({ run, text: false }, watching)) {
      if (event.kind === 'state' && event.error !== null) told = event.error
      const next = standing(event)
      if (next !== null) line.update(signal.aborted ? { ...next, label: 'stopping', secondsLeft: null } : next)
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    line.stop()
  }
  const failure = (await Promise.all(cancels)).find((result) => result instanceof Error)
  if (failure !== undefined) throw failure
  return rested(context, await lab['runs.get']({ run }), told)
}

/** `told` is what the executor said last: a full disk also keeps the store from recording why the run ended. */
function rested({ program }: Context, run: Run, told: ErrorInfo | null): Run {
  const again = `Continue with: ${program} resume ${run.id}`
  const data = { run: run.id, state: run.state }
  switch (run.state) {
    case 'done':
      return run
    case 'failed':
      throw failed(run.error ?? told, `Run ${run.id} failed.`, { again, data })
    case 'paused':
      throw new LabError('CANCELLED', `Run ${run.id} is paused.`, { hint: again, data })
    case 'cancelled':
      throw new LabError('CANCELLED', 'Stopped.', { hint: again, data })
    case 'interrupted':
    case 'planned':
    case 'running':
      throw failed(told, `Nothing executes run ${run.id} any more.`, { again, data })
  }
}

const failed = (
  error: ErrorInfo | null,
  otherwise: string,
  { again, data }: { readonly again: string; readonly data: unknown },
): LabError =>
  error === null
    ? new LabError('ENGINE_FAILED', otherwise, { hint: again, data })
    : new LabError(error.code, error.message, { hint: hints(error.hint, again), data })

const hints = (...lines: readonly (string | null)[]): string => lines.filter((line) => line !== null).join('\n')

/** Puts events together into what the progress line says. */
function makeStanding(labels: ReadonlyMap<number, string>): (event: RunEvent) => Standing | null {
  let label = 'starting'
  let latest: Standing | null = null
  return (event) => {
    if (event.kind === 'variant') {
      const name = labels.get(event.variantIndex) ?? ''
      label = event.phase === 'running' ? name : `${event.phase} ${name}`
      if (latest !== null) latest = { ...latest, label }
    } else if (event.kind === 'progress') {
      const { counts, secondsLeft, waitingFor } = event
      latest = {
        label: waitingFor === null ? label : `waiting for ${waitingFor}`,
        done: counts.done + counts.error,
        total: counts.total,
        unit: 'cells',
        secondsLeft,
      }
    } else {
      return null
    }
    return latest
  }
}
