import { portChannel, socketChannel } from '#shared/contract/channel.ts'
import type { Channel } from '#shared/contract/wire-types.ts'

/** How the page reaches its lab. Two exist; nothing beyond this folder knows which one it is. */
export interface Transport {
  /** Resolves with an open channel, or rejects when there is none to be had now: with `Refused` where asking again is no use. */
  open(): Promise<Channel>
}

interface DesktopHost {
  readonly kind: 'desktop'
}

declare global {
  interface Window {
    readonly assayHost?: DesktopHost
  }
}

/** The lab answers, but not this page: it was opened with an address that is not valid any more. */
export class Refused extends Error {}

export function chooseTransport(): Transport {
  return window.assayHost === undefined ? socketTransport() : portTransport()
}

function portTransport(): Transport {
  return {
    open: () =>
      new Promise((resolve) => {
        const onMessage = (event: MessageEvent) => {
          const [port] = event.ports
          if (event.source !== window || event.data !== 'assay:port' || port === undefined) return
          window.removeEventListener('message', onMessage)
          resolve(portChannel(port))
        }
        window.addEventListener('message', onMessage)
        window.postMessage('assay:connect', window.location.protocol === 'app:' ? '*' : window.location.origin)
      }),
  }
}

function socketTransport(): Transport {
  return {
    open: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://${window.location.host}/lab`)
        socket.addEventListener('open', () => resolve(socketChannel(socket)), { once: true })
        socket.addEventListener('close', () => void whyClosed().then(reject), { once: true })
      }),
  }
}

/** A browser does not say why a socket was closed; the same door, asked as a page, does. */
async function whyClosed(): Promise<Error> {
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return answer?.status === 401 || answer?.status === 403
    ? new Refused('the lab does not know this page')
    : new Error('the lab does not answer')
}
