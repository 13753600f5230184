import type { Channel } from '#shared/contract/wire-types.ts'

/** Both ends in one process, Messages are cloned, so what could not cross a wire does not cross here. */
export function memoryChannels(): { readonly near: Channel; readonly far: Channel; close(): void } {
  const near = makeEnd()
  const far = makeEnd()
  return {
    near: connect(near, far),
    far: connect(far, near),
    close() {
      for (const end of [near, far]) for (const listener of end.onClose) listener()
    },
  }
}

interface End {
  readonly onMessage: ((message: unknown) => void)[]
  readonly onClose: (() => void)[]
}

const makeEnd = (): End => ({ onMessage: [], onClose: [] })

function connect(me: End, peer: End): Channel {
  return {
    send(message) {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => {
        for (const listener of peer.onMessage) listener(copy)
      })
    },
    onMessage: (listener) => void me.onMessage.push(listener),
    onClose: (listener) => void me.onClose.push(listener),
  }
}
