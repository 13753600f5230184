import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/

/** What a request has to show before it gets anything. */
export interface Access {
  /** Part of the address that is printed; swapped for the cookie on a visit. Another one after every start. */
  readonly token: string
  isToken(text: string | null): boolean
  hasCookie(header: string | undefined): boolean
  /** Value of the Set-Cookie header: HttpOnly, same site only, for this server's lifetime and the next's. */
  readonly setCookie: string
}

/**
 * Two secrets, of which neither tells the other: an address that is seen over a shoulder or kept in a history opens nothing
 * once the server was started again, while an open page finds its lab, by a cookie that comes from a secret in the data
 * folder, readable by its owner only. Cookies are not scoped by port: the port is part of the name.
 */
export function openAccess(home: string, port: number): Access {
  const token = newSecret()
  const cookieName = `assay-${port}`
  const cookie = createHmac('sha256', keptSecret(join(home, 'browser-secret')))
    .update(cookieName)
    .digest('base64url')
  return {
    token,
    isToken: (text) => isEqual(text, token),
    hasCookie: (header) =>
      (header ?? '').split(';').some((pair) => {
        const at = pair.indexOf('=')
        return pair.slice(0, at).trim() === cookieName && isEqual(pair.slice(at + 1).trim(), cookie)
      }),
    setCookie: `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`,
  }
}

function isEqual(text: string | null, wanted: string): boolean {
  if (text === null) return false
  const [given, right] = [Buffer.from(text), Buffer.from(wanted)]
  return given.length === right.length && timingSafeEqual(given, right)
}

const newSecret = () => randomBytes(24).toString('base64url')

/**
 * A name that resolves to this machine by definition. Any port: whoever comes through an SSH tunnel has another one. A
 * foreign name, which DNS rebinding needs, is refused.
 */
export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && loopbackHost.test(host)

/** A page of this very host, or no page at all. */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin === `http://${host}`

function keptSecret(path: string): string {
  try {
    const kept = readFileSync(path, 'utf8').trim()
    if (/^[\w-]{32,}$/.test(kept)) return kept
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = newSecret()
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `${secret}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return secret
}
