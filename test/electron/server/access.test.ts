import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '#core/page/page-policy.ts'
import { isLoopbackHost } from '../../../electron/server/access.ts'
import { preferredPort } from '../../../electron/server/start-server.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { ask, cookieOf, openHost, upgrade } from './browser-host.ts'

const open = (home = tempFolder()) => openHost(home)

describe('the address that is printed', () => {
  it('is swapped for a cookie that scripts and other sites cannot have, and leaves no token behind', async () => {
    const { server, port } = await open()
    const { status, headers } = await ask(server, new URL(server.url).search.replace(/^/, '/'))
    expect(status).toBe(303)
    expect(headers['location']).toBe('/')
    expect(String(headers['set-cookie'])).toMatch(
      new RegExp(`^assay-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/; Max-Age=\\d+$`),
    )
    expect(headers['referrer-policy']).toBe('no-referrer')
  })

  it('with a wrong token gets nothing', async () => {
    const { server } = await open()
    const token = new URL(server.url).searchParams.get('token') ?? ''
    for (const wrong of [
      '',
      'x',
      token.slice(1),
      `${token}x`,
      token.toUpperCase() === token ? 'x' : token.toUpperCase(),
    ]) {
      const { status, headers } = await ask(server, `/?token=${wrong}`)
      expect([status, headers['set-cookie']]).toEqual([403, undefined])
    }
  })

  it('is another one after every start, and neither it nor the secret in the data folder is the cookie', async () => {
    const home = tempFolder()
    const first = await open(home)
    const token = new URL(first.server.url).searchParams.get('token') ?? ''
    const cookie = await cookieOf(first.server)
    for (const secret of [token, readFileSync(join(home, 'browser-secret'), 'utf8').trim()]) {
      expect(cookie).not.toContain(secret)
      const forged = `assay-${first.port}=${secret}`
      expect((await ask(first.server, '/', { headers: { cookie: forged } })).status).toBe(401)
    }
    await first.server.close()
    const second = await openHost(home, {}, first.port)
    expect((await ask(second.server, `/?token=${token}`)).status).toBe(403)
    expect((await ask(second.server, `/?token=${cookie.split('=')[1]}`)).status).toBe(403)
  })

  it('leads to the lab and nowhere else, whatever path it was given with', async () => {
    const { server } = await open()
    const { search } = new URL(server.url)
    for (const path of ['/.//example.org/', '/assets/']) {
      const { status, headers } = await ask(server, `${path}${search}`)
      expect([status, headers['location']]).toEqual([303, '/'])
    }
  })

  it('gives a cookie that outlives a restart, from a file that only its owner reads', async () => {
    const home = tempFolder()
    const first = await open(home)
    const cookie = await cookieOf(first.server)
    await first.server.close()
    const second = await openHost(home, {}, first.port)
    expect((await ask(second.server, '/', { headers: { cookie } })).status).toBe(200)
    if (process.platform !== 'win32') expect(statSync(join(home, 'browser-secret')).mode & 0o777).toBe(0o600)
  })

  it('is made anew where the file holds something else', async () => {
    const home = tempFolder()
    writeFileSync(join(home, 'browser-secret'), 'guess')
    const { server } = await open(home)
    expect(readFileSync(join(home, 'browser-secret'), 'utf8')).toMatch(/^[\w-]{32}\n$/)
    expect((await ask(server, '/?token=guess')).status).toBe(403)
  })
})

describe('a request', () => {
  it('without the cookie gets nothing, whatever it asks for', async () => {
    const { server, port } = await open()
    const wrong = [undefined, '', `assay-${port}=`, `assay-${port}=guess`, 'token=x', ';;;===']
    for (const cookie of wrong) {
      for (const path of ['/', '/index.html', '/assets/x.js', '/lab']) {
        const { status, body } = await ask(server, path, cookie === undefined ? {} : { headers: { cookie } })
        expect(status).toBe(401)
        expect(body).not.toContain('<')
      }
    }
  })

  it('for what is no address is refused, not failed', async () => {
    const { server } = await open()
    const cookie = await cookieOf(server)
    expect((await ask(server, '//', { headers: { cookie } })).status).toBe(400)
    expect((await ask(server, '///', { headers: { cookie } })).status).toBe(400)
  })

  it('with another port’s cookie gets nothing: cookies are not kept apart by port', async () => {
    const { server, port } = await open()
    const cookie = (await cookieOf(server)).replace(String(port), String(port + 1))
    expect((await ask(server, '/', { headers: { cookie } })).status).toBe(401)
  })

  it('under a foreign name is refused: that is how DNS rebinding would come', async () => {
    const { server, port } = await open()
    const cookie = await cookieOf(server)
    const hosts = [
      'evil.test',
      `evil.test:${port}`,
      `127.0.0.1.evil.test:${port}`,
      'localhost.evil.test',
      '127.0.0.1@evil.test',
      '0.0.0.0',
      '[::]',
      `127.1:${port}`,
    ]
    for (const host of hosts) {
      expect([host, (await ask(server, '/', { headers: { host, cookie } })).status]).toEqual([host, 421])
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'localhost:9999', `[::1]:${port}`]) {
      expect([host, (await ask(server, '/', { headers: { host, cookie } })).status]).toEqual([host, 200])
    }
    expect(isLoopbackHost(undefined)).toBe(false)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by %s is refused', async (method) => {
    const { server } = await open()
    const answer = await ask(server, '/', { method, headers: { cookie: await cookieOf(server) } })
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD'])
  })

  it('cannot leave the page’s folder', async () => {
    const { server } = await open()
    const headers = { cookie: await cookieOf(server) }
    const paths = [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/../../../package.json',
      '/..%5c..%5cpackage.json',
      '//etc/passwd',
      '/%2fetc%2fpasswd',
      '/index.html%00',
      '/%ff',
      '/assets',
      '/assets/',
      '/no-such-file',
    ]
    for (const path of paths) {
      const { status, body } = await ask(server, path, { headers })
      expect([path, status]).toEqual([path, 404])
      expect(body).toBe('There is nothing here.')
    }
  })

  it('gets the page under its policy, not to be kept; what carries its hash in the name may be', async () => {
    const { server } = await open()
    const headers = { cookie: await cookieOf(server) }
    const page = await ask(server, '/', { headers })
    expect(page.headers).toMatchObject({
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(contentSecurityPolicy).not.toMatch(/unsafe-|\*/)
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.body.replaceAll('"./assets', '"/assets'))?.[1] ?? ''
    const asset = await ask(server, script, { headers })
    expect([asset.status, asset.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(asset.headers['cache-control']).toContain('immutable')
    const head = await ask(server, script, { method: 'HEAD', headers })
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', asset.headers['content-length']])
  })
})

describe('a WebSocket', () => {
  it('is opened for the page of this very host and for nobody else', async () => {
    const { server, port } = await open()
    const Cookie = await cookieOf(server)
    const Host = `127.0.0.1:${port}`
    const good = { Host, Origin: server.origin, Cookie }
    expect(await upgrade(server, good)).toBe(101)
    expect(await upgrade(server, { ...good, Host: `localhost:${port}`, Origin: `http://localhost:${port}` })).toBe(101)
    const bad: Record<string, string>[] = [
      { Host, Origin: server.origin },
      { Host, Cookie },
      { ...good, Origin: 'http://evil.test' },
      { ...good, Origin: 'null' },
      { ...good, Origin: `http://127.0.0.1:${port + 1}` },
      { ...good, Origin: `https://127.0.0.1:${port}` },
      { ...good, Host: 'evil.test', Origin: 'http://evil.test' },
      { ...good, Cookie: Cookie.replace(/.$/, '') },
    ]
    for (const headers of bad) expect([headers, await upgrade(server, headers)]).toEqual([headers, 403])
    for (const path of ['/', '/lab/', '/lab?x', '/other'])
      expect([path, await upgrade(server, good, path)]).toEqual([path, 403])
  })
})

describe('the port', () => {
  it('is the next one where the usual one is taken', async () => {
    const ports = [await openHost(tempFolder(), {}, null), await openHost(tempFolder(), {}, null)].map(
      ({ port }) => port,
    )
    expect(ports[0]).toBeGreaterThanOrEqual(preferredPort)
    expect(ports[1]).toBeGreaterThan(ports[0] as number)
  })

  it('that was asked for and is taken is an error that says what to do', async () => {
    const { port } = await open()
    await expect(openHost(tempFolder(), {}, port)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: `Port ${port} is taken.`,
      hint: expect.stringContaining('--port 0') as string,
    })
  })

  it('is closed to the network', async () => {
    const { port } = await open()
    const addresses = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of addresses) {
      const reached = await new Promise((resolve) => {
        const socket = connect({ host: address, port, timeout: 1000 }, () => resolve(true))
        for (const end of ['error', 'timeout']) socket.on(end, () => resolve(socket.destroy() === null))
      })
      expect([address, reached]).toEqual([address, false])
    }
  })
})
