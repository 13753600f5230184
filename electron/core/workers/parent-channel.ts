/** What Electron gives a utility process instead of `process.send`. */
interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

const parentPort = (process as { readonly parentPort?: ElectronParentPort }).parentPort

/** Whether this is a utility process of Electron's, where nothing can be forked. */
export const isUtilityProcess = parentPort !== undefined

/**
 * The way to the parent, from a forked Node process or an Electron utility process.
 * When the parent is gone this process ends at once, whatever native code is at work.
 */
export function parentChannel(onMessage: (message: unknown) => void): { readonly send: (message: unknown) => void } {
  if (parentPort !== undefined) {
    parentPort.on('message', ({ data }) => onMessage(data))
    return { send: (message) => parentPort.postMessage(message) }
  }
  // process.exit would wait for a running batch.
  const leave = () => process.kill(process.pid, 'SIGKILL')
  process.on('message', onMessage)
  process.on('disconnect', leave)
  // Without this listener a message to a parent that has just gone would throw.
  process.on('error', leave)
  return { send: (message) => void process.send?.(message, undefined, {}, (error) => error && leave()) }
}
