import { randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/

/** What a request has to show before it gets anything. */
export interface Access {
  /** Part of the address that is printed; swapped for the cookie on the first visit. */
  readonly token: string
  isToken(text: string | null): boolean
  hasCookie(header: string | undefined): boolean
  /** Value of the Set-Cookie header: HttpOnly, same site only, for this server's lifetime and the next's. */
  readonly setCookie: string
}

/**
 * The token is kept in the data folder, readable by its owner only, so that an open page finds its lab again after a
 * restart. Cookies are not scoped by port: the port is part of the name.
 */
export function openAccess(home: string, port: number): Access {
  const token = readOrMakeToken(join(home, 'browser-token'))
  const cookieName = `assay-${port}`
  const isToken = (text: string | null | undefined) => {
    if (text === null || text === undefined) return false
    const [given, wanted] = [Buffer.from(text), Buffer.from(token)]
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
  return {
    token,
    isToken,
    hasCookie: (header) =>
      (header ?? '').split(';').some((pair) => {
        const at = pair.indexOf('=')
        return pair.slice(0, at).trim() === cookieName && isToken(pair.slice(at + 1).trim())
      }),
    setCookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`,
  }
}

/**
 * A name that resolves to this machine by definition. Any port: whoever comes through an SSH tunnel has another one. A
 * foreign name, which DNS rebinding needs, is refused.
 */
export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && loopbackHost.test(host)

/** A page of this very host, or no page at all. */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin === `http://${host}`

function readOrMakeToken(path: string): string {
  try {
    const kept = readFileSync(path, 'utf8').trim()
    if (/^[\w-]{32,}$/.test(kept)) return kept
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const token = randomBytes(24).toString('base64url')
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `${token}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return token
}
