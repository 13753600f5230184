import { app } from 'electron'
import type { LabLink } from './lab-link.ts'
import type { RunGuard } from './run-guard.ts'

interface Preventable {
  preventDefault(): void
}

/** Asks once before quitting while a run goes on. `holdWindow` is for a window whose closing ends the application. */
export function askBeforeQuit(guard: RunGuard): { readonly holdWindow: (event: Preventable) => void } {
  let agreed = false
  let asking = false
  app.on('before-quit', (event) => {
    if (agreed) return
    event.preventDefault()
    if (asking) return
    asking = true
    void guard.mayQuit().then((may) => {
      asking = false
      agreed = may
      if (may) app.quit()
    })
  })
  return {
    holdWindow(event) {
      if (agreed) return
      event.preventDefault()
      app.quit()
    },
  }
}

/** The lab stores what it has and closes its database before the application goes. */
export function closeLabFirst(lab: LabLink, guard: RunGuard): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    guard.stop()
    void lab.close().then(() => app.exit(0))
  })
}
