import { app, session, shell, dialog, type BrowserWindow } from 'electron'
import { isPageUrl } from './page-address.ts'

/**
 * Closes every way out of the page that Electron's security checklist names: navigation, new windows, webviews and
 * permissions. A link to the web is opened by the system's browser, after a question, and only over https.
 */
export function harden(devUrl: string | null, window: () => BrowserWindow | null): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { readonly url: string; preventDefault(): void }) => {
      if (!isPageUrl(event.url, devUrl)) event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      void openOutside(url, window())
      return { action: 'deny' }
    })
  })
}

/** What the Copy buttons need: writing plain text, from the page's own top frame. */
const writeClipboard = 'clipboard-sanitized-write'

/**
 * Denies every permission but one. Has to run after the application is ready: the default session exists only then.
 */
export function denyPermissions(devUrl: string | null): void {
  const mayHave = (permission: string, isMainFrame: boolean, url: string | undefined): boolean =>
    permission === writeClipboard && isMainFrame && url !== undefined && isPageUrl(url, devUrl)
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { isMainFrame, requestingUrl }) =>
    answer(mayHave(permission, isMainFrame, requestingUrl)),
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission, _origin, { isMainFrame, requestingUrl }) =>
    mayHave(permission, isMainFrame, requestingUrl),
  )
  session.defaultSession.setDevicePermissionHandler(() => false)
}

/** Files leave the page as its own blobs only; the system asks where each is to be saved. */
export function guardDownloads(): void {
  session.defaultSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:')) event.preventDefault()
  })
}

/** The one place that hands an address to the system. */
async function openOutside(raw: string, window: BrowserWindow | null): Promise<void> {
  if (!URL.canParse(raw) || new URL(raw).protocol !== 'https:') return
  const question = {
    type: 'question' as const,
    message: 'Open this address in your browser?',
    detail: raw,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  }
  const { response } = await (window === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(window, question))
  if (response === 0) await shell.openExternal(raw)
}
