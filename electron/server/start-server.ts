import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { findPageFolder, pageFile } from '#core/page/page-file.ts'
import { pageHeaders } from '#core/page/page-policy.ts'
import type { Channel } from '#shared/contract/wire-types.ts'
import { LabError } from '#shared/domain/error.ts'
import { isLoopbackHost, isOwnOrigin, openAccess, type Access } from './access.ts'
import { pacedChannel } from './paced-channel.ts'

/** Largest message a page may send: a suite file and some. */
const maxMessageBytes = 80 * 1024 * 1024
/** How many ports after the preferred one are tried. */
const portsToTry = 20
export const preferredPort = 4178

export interface ServerOptions {
  readonly home: string
  /** Null: the preferred port or one of the next ones. */
  readonly port: number | null
  /** Called for every page that connects. */
  readonly onConnect: (channel: Channel) => void
}

export interface RunningServer {
  /** The address to open first: it carries the token. */
  readonly url: string
  readonly origin: string
  close(): Promise<void>
}

/**
 * The browser host: the built page over HTTP, the contract over a WebSocket, on the loopback interface only.
 * @throws LabError CONFLICT when the port is taken, NOT_FOUND when the page was never built
 */
export async function startServer({ home, port, onConnect }: ServerOptions): Promise<RunningServer> {
  const folder = await findPageFolder()
  const server = createServer()
  await listen(server, port)
  const { port: actual } = server.address() as AddressInfo
  const access = openAccess(home, actual)

  server.on('request', (request, response) => {
    answer(folder, access, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (!mayConnect(access, request)) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', () => opened.terminate())
      onConnect(pacedChannel(opened))
    })
  })
  const origin = `http://127.0.0.1:${actual}`
  return {
    url: `${origin}/?token=${access.token}`,
    origin,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function mayConnect(access: Access, { url, headers }: IncomingMessage): boolean {
  return (
    url === '/lab' &&
    isLoopbackHost(headers.host) &&
    isOwnOrigin(headers.origin, headers.host) &&
    access.hasCookie(headers.cookie)
  )
}

async function answer(
  folder: string,
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number, text = '', headers: Record<string, string> = {}) => {
    response.writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...pageHeaders,
      ...headers,
    })
    response.end(text)
  }
  if (!isLoopbackHost(request.headers.host)) return end(421, 'This lab answers on this machine only.')
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1')
  if (url === null) return end(400, 'This is no address.')
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, '', { allow: 'GET, HEAD' })
  const token = url.searchParams.get('token')
  if (token !== null) {
    if (!access.isToken(token))
      return end(403, 'This address is not valid any more. Open the one that the server printed last.')
    return end(303, '', { location: '/', 'set-cookie': access.setCookie })
  }
  if (!access.hasCookie(request.headers.cookie))
    return end(401, 'Open the address that the server printed when it started.')
  const file = await pageFile(folder, url.pathname)
  if (file === null) return end(404, 'There is nothing here.')
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': file.mediaType,
    'content-length': file.sizeBytes,
    'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response)
}

async function listen(server: Server, port: number | null): Promise<void> {
  const candidates = port === null ? Array.from({ length: portsToTry }, (_, index) => preferredPort + index) : [port]
  for (const candidate of candidates) {
    if (await tryListen(server, candidate)) return
  }
  throw new LabError('CONFLICT', port === null ? 'No port is free for the browser host.' : `Port ${port} is taken.`, {
    hint: 'Choose another with --port, or --port 0 for any free one.',
  })
}

function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    }
    server.once('error', onError)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError)
      resolve(true)
    })
  })
}
