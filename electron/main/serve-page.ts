import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { findPageFolder, pageFile } from '#core/page/page-file.ts'
import { pageHeaders } from '#core/page/page-policy.ts'
import { isPageUrl, pageScheme } from './page-address.ts'

/** Has to run before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers app://lab/… with the built page's files under its Content-Security-Policy, and nothing else. */
export function servePage(): void {
  protocol.handle(pageScheme, async (request) => {
    if (!isPageUrl(request.url, null)) return new Response('not found', { status: 404, headers: pageHeaders })
    const file = await pageFile(await findPageFolder(), new URL(request.url).pathname)
    if (file === null) return new Response('not found', { status: 404, headers: pageHeaders })
    return new Response(new Uint8Array(await readFile(file.path)), {
      headers: { ...pageHeaders, 'content-type': file.mediaType },
    })
  })
}
