import { request } from 'node:http'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { socketChannel, type SocketLike } from '#shared/contract/channel.ts'
import { makeClient } from '#shared/contract/client.ts'
import { contract, type LabClient, type LabContract } from '#shared/contract/contract.ts'
import { serve } from '#shared/contract/serve.ts'
import type { Handlers } from '#shared/contract/wire-types.ts'
import { startServer, type RunningServer } from '../../../electron/server/start-server.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A browser host over the handlers that a test gives; every other call fails. */
export async function openHost(home: string, handlers: object = {}, port: number | null = 0) {
  const bugs: unknown[] = []
  const server = await startServer({
    home,
    port,
    onConnect: (channel) =>
      serve({
        contract,
        handlers: handlers as Handlers<LabContract>,
        channel,
        onBug: (error) => void bugs.push(error),
      }),
  })
  onTestFinished(() => server.close().catch(() => {}))
  return { server, bugs, port: Number(new URL(server.origin).port) }
}

/** By hand: fetch would not send a foreign Host, nor a path as it is. */
export function ask(
  { origin }: RunningServer,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

export async function cookieOf(server: RunningServer): Promise<string> {
  const { pathname, search } = new URL(server.url)
  const { headers } = await ask(server, `${pathname}${search}`)
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

/** Status line of an upgrade, sent byte for byte. `101` is a connection. */
export function upgrade({ origin }: RunningServer, headers: Readonly<Record<string, string>>, path = '/lab') {
  const { port } = new URL(origin)
  return new Promise<number>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      const lines = Object.entries({
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      }).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
    })
    socket.once('data', (data) => {
      resolve(Number(data.toString().split(' ')[1]))
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

/** A page's connection, opened as a browser would. */
export async function openSocket(server: RunningServer): Promise<WebSocket> {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/lab`, {
    headers: { origin: server.origin, cookie: await cookieOf(server) },
  })
  onTestFinished(() => socket.terminate())
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

export async function openPage(
  server: RunningServer,
): Promise<{ readonly client: LabClient; readonly socket: WebSocket }> {
  const socket = await openSocket(server)
  return { socket, client: makeClient(contract, socketChannel(socket as unknown as SocketLike)) }
}
