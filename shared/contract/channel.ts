import type { Channel } from './wire-types.ts'

/** What a MessagePort of a browser, of node:worker_threads and of Electron's main have in common. */
export interface PortLike {
  postMessage(message: unknown): void
  start?(): void
  addEventListener?(type: string, listener: (event: { data: unknown }) => void): void
  on?(type: string, listener: (event: { data: unknown }) => void): void
}

/** Electron's MessagePortMain and browsers hand an event with `data`; worker_threads hands it through addEventListener too. */
export function portChannel(port: PortLike): Channel {
  const listen = (type: string, listener: (event: { data: unknown }) => void) => {
    if (port.addEventListener !== undefined) port.addEventListener(type, listener)
    else port.on?.(type, listener)
  }
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      listen('message', (event) => listener(event.data))
      port.start?.()
    },
    onClose: (listener) => listen('close', () => listener()),
  }
}

/** What a browser's WebSocket and the `ws` package have in common. */
export interface SocketLike {
  readonly readyState: number
  send(text: string): void
  addEventListener(type: 'open' | 'close', listener: () => void, options?: { once: boolean }): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

const OPEN = 1

/** Frames are JSON: no Uint8Array, no Date. A frame that is not JSON is dropped: it cannot name a request to answer. */
export function socketChannel(socket: SocketLike): Channel {
  const waiting: string[] = []
  socket.addEventListener(
    'open',
    () => {
      for (const text of waiting.splice(0)) socket.send(text)
    },
    { once: true },
  )
  return {
    send(message) {
      const text = JSON.stringify(message)
      if (socket.readyState === OPEN) socket.send(text)
      else if (socket.readyState < OPEN) waiting.push(text)
    },
    onMessage(listener) {
      socket.addEventListener('message', (event) => {
        const message = parseFrame(event.data)
        if (message !== undefined) listener(message)
      })
    },
    onClose: (listener) => socket.addEventListener('close', () => listener()),
  }
}

function parseFrame(data: unknown): unknown {
  try {
    return JSON.parse(String(data)) as unknown
  } catch {
    return undefined
  }
}
