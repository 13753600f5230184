import { dialog, Notification, type BrowserWindow } from 'electron'
import type { RunState, RunSummary } from '#shared/domain/run.ts'

const endings: Partial<Record<RunState, string>> = {
  done: 'is done',
  failed: 'has stopped with an error',
  interrupted: 'was interrupted',
}

/** True for quitting. Keeping on is what Enter and Escape choose. */
export async function askToQuit(run: RunSummary, owner: BrowserWindow | null): Promise<boolean> {
  const question = {
    type: 'question' as const,
    message: `Run ${run.id} is still going.`,
    detail: 'Finished cells are kept. You can resume it exactly where it stopped.',
    buttons: ['Quit', 'Keep running'],
    defaultId: 1,
    cancelId: 1,
  }
  const { response } = await (owner === null ? dialog.showMessageBox(question) : dialog.showMessageBox(owner, question))
  return response === 0
}

/** A word outside the window, for who is not looking at it. */
export function tellOfEnd(run: RunSummary, state: RunState, window: BrowserWindow | null): void {
  const ending = endings[state]
  if (ending === undefined || window?.isFocused() === true || !Notification.isSupported()) return
  const note = new Notification({ title: `Run ${run.id} ${ending}`, body: run.name })
  note.on('click', () => window?.show())
  note.show()
}
