import { powerSaveBlocker, type BrowserWindow } from 'electron'
import type { LabClient } from '#shared/contract/contract.ts'
import type { RunEvent, RunSummary } from '#shared/domain/run.ts'
import { askToQuit, tellOfEnd } from './run-questions.ts'

/** Runs shorter than this end without a notification. */
const longRunSeconds = 60
const lookEveryMs = 2000

export interface RunGuard {
  /** Asks before quitting while a run goes on. True when quitting is all right. */
  mayQuit(): Promise<boolean>
  stop(): void
}

/** While a run goes on: no sleep, its progress on the dock or taskbar, a question before quitting, and a word at its end. */
export function guardRuns(lab: () => LabClient | null, window: () => BrowserWindow | null): RunGuard {
  const stop = new AbortController()
  let running: RunSummary | null = null
  let looking = false

  const follow = async (client: LabClient, run: RunSummary) => {
    running = run
    const blocker = powerSaveBlocker.start('prevent-app-suspension')
    let seconds = 0
    try {
      for await (const event of client['runs.watch']({ run: run.id, text: false }, { signal: stop.signal })) {
        if (event.kind === 'progress') {
          seconds = event.activeSeconds
          showProgress(event, window())
        }
        if (event.kind === 'state' && seconds >= longRunSeconds) tellOfEnd(run, event.state, window())
      }
    } catch {
      // The lab has gone; its crash is shown by its own link, and the next look finds the run again.
    } finally {
      running = null
      powerSaveBlocker.stop(blocker)
      window()?.setProgressBar(-1)
    }
  }
  const look = async () => {
    const client = lab()
    if (looking || client === null) return
    looking = true
    const found = (await client['runs.list']({}).catch(() => [])).find(({ state }) => state === 'running')
    if (found !== undefined) await follow(client, found)
    looking = false
  }
  const timer = setInterval(() => void look(), lookEveryMs)

  return {
    mayQuit: () => (running === null ? Promise.resolve(true) : askToQuit(running, window())),
    stop() {
      clearInterval(timer)
      stop.abort()
    },
  }
}

function showProgress({ counts }: Extract<RunEvent, { kind: 'progress' }>, window: BrowserWindow | null): void {
  window?.setProgressBar(counts.total === 0 ? -1 : (counts.done + counts.error) / counts.total)
}
