import { dialog, Notification, powerSaveBlocker, type BrowserWindow } from 'electron'
import type { LabClient } from '#shared/contract/contract.ts'
import type { RunEvent, RunState, RunSummary } from '#shared/domain/run.ts'

/** Runs shorter than this end without a notification. */
const longRunSeconds = 60
const lookEveryMs = 2000

const endings: Partial<Record<RunState, string>> = {
  done: 'is done',
  failed: 'has stopped with an error',
  interrupted: 'was interrupted',
}

export interface RunGuard {
  /** Asks before quitting while a run goes on. True when quitting is all right. */
  mayQuit(): Promise<boolean>
  stop(): void
}

/** While a run goes on: no sleep, its progress on the dock or taskbar, a question before quitting, and a word at its end. */
export function guardRuns(lab: () => LabClient | null, window: () => BrowserWindow | null): RunGuard {
  const stop = new AbortController()
  let running: RunSummary | null = null
  let blocker: number | null = null

  const begin = (run: RunSummary) => {
    running = run
    blocker = powerSaveBlocker.start('prevent-app-suspension')
  }
  const end = () => {
    running = null
    if (blocker !== null) powerSaveBlocker.stop(blocker)
    blocker = null
    window()?.setProgressBar(-1)
  }
  const follow = async (client: LabClient, run: RunSummary) => {
    begin(run)
    try {
      let seconds = 0
      for await (const event of client['runs.watch']({ run: run.id, text: false }, { signal: stop.signal })) {
        if (event.kind === 'progress') seconds = showProgress(event, window())
        if (event.kind === 'state' && seconds >= longRunSeconds) notify(run, event.state, window())
      }
    } catch {
      // The lab has gone; its crash is shown by its own link, and the next look finds the run again.
    } finally {
      end()
    }
  }
  const look = async () => {
    const client = lab()
    if (running !== null || client === null) return
    const found = (await client['runs.list']({}).catch(() => [])).find(({ state }) => state === 'running')
    if (found !== undefined) await follow(client, found)
  }
  const timer = setInterval(() => void look(), lookEveryMs)

  return {
    async mayQuit() {
      const owner = window()
      if (running === null || owner === null) return true
      const { response } = await dialog.showMessageBox(owner, {
        type: 'question',
        message: `Run ${running.id} is still going.`,
        detail: 'Finished cells are kept. You can resume it exactly where it stopped.',
        buttons: ['Quit', 'Keep running'],
        defaultId: 1,
        cancelId: 1,
      })
      return response === 0
    },
    stop() {
      clearInterval(timer)
      stop.abort()
      end()
    },
  }
}

function showProgress(
  { counts, activeSeconds }: Extract<RunEvent, { kind: 'progress' }>,
  window: BrowserWindow | null,
): number {
  window?.setProgressBar(counts.total === 0 ? -1 : (counts.done + counts.error) / counts.total)
  return activeSeconds
}

function notify(run: RunSummary, state: RunState, window: BrowserWindow | null): void {
  const ending = endings[state]
  if (ending === undefined || window?.isFocused() === true || !Notification.isSupported()) return
  new Notification({ title: `Run ${run.id} ${ending}`, body: run.name }).show()
}
