// The lab in its own process. Runs in Electron's utility process: no window, no Electron API but its parent's port.
import { openLab } from '#core/lab.ts'
import { portChannel, type PortLike } from '#shared/contract/channel.ts'
import { contract } from '#shared/contract/contract.ts'
import { serve } from '#shared/contract/serve.ts'

const onBug = (error: unknown) => console.error(new Date().toISOString(), error)
const lab = await openLab({ onBug })

process.parentPort.on('message', ({ data, ports }) => {
  if (data === 'assay:close') {
    void lab.close().then(() => process.exit(0))
    return
  }
  for (const port of ports) {
    serve({ contract, handlers: lab.handlers, channel: portChannel(port as unknown as PortLike), onBug })
  }
})
