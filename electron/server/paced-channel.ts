import { WebSocket } from 'ws'
import { socketChannel, type SocketLike } from '#shared/contract/channel.ts'
import type { Channel } from '#shared/contract/wire-types.ts'

/** What may wait for a page that reads slowly before it has to have read some: more than any one screen asks for. */
const mostWaiting = 8 * 1024 * 1024

/** A page's connection that says when there is room for more. */
export function pacedChannel(socket: WebSocket): Channel {
  let waiting = 0
  const wakers = new Set<() => void>()
  const wake = () => {
    for (const waker of wakers) waker()
    wakers.clear()
  }
  socket.once('close', wake)
  const paced: SocketLike = {
    get readyState() {
      return socket.readyState
    },
    send(text) {
      waiting += text.length
      socket.send(text, () => {
        waiting -= text.length
        if (waiting <= mostWaiting) wake()
      })
    },
    addEventListener: (socket as unknown as SocketLike).addEventListener.bind(socket),
  }
  return {
    ...socketChannel(paced),
    async room() {
      while (waiting > mostWaiting && socket.readyState === WebSocket.OPEN) {
        await new Promise<void>((resolve) => wakers.add(resolve))
      }
    },
  }
}
