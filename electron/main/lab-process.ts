// The lab in its own process. Runs in Electron's utility process: no window, no Electron API but its parent's port.
import { openLab, type Lab } from '#core/lab.ts'
import { portChannel, type PortLike } from '#shared/contract/channel.ts'
import { contract } from '#shared/contract/contract.ts'
import { serve } from '#shared/contract/serve.ts'
import { errorInfo, LabError } from '#shared/domain/error.ts'
import { relayedWorkers } from './relayed-workers.ts'
import type { LabFailure } from './worker-relay.ts'

const parent = process.parentPort
const onBug = (error: unknown) => console.error(new Date().toISOString(), error)
const workers = relayedWorkers((request) => parent.postMessage(request))
const opening = openLab({ onBug, spawn: workers.spawn })
/** What was said before this process goes needs a moment on its way. */
const lastWordsMs = 100

opening.catch((error: unknown) => {
  onBug(error)
  const { message, hint } = errorInfo(error)
  if (error instanceof LabError) parent.postMessage({ kind: 'lab:failed', message, hint } satisfies LabFailure)
  setTimeout(() => process.exit(1), lastWordsMs)
})

parent.on('message', ({ data, ports }) => {
  if (workers.receive(data)) return
  const act = async (lab: Lab) => {
    if (data === 'assay:close') {
      await lab.close()
      process.exit(0)
    }
    for (const port of ports) {
      serve({ contract, handlers: lab.handlers, channel: portChannel(port as unknown as PortLike), onBug })
    }
  }
  // A lab that did not open has been reported above.
  opening.then(act, () => {}).catch(onBug)
})
