import { openLab } from '#core/lab.ts'
import { contract } from '#shared/contract/contract.ts'
import { serve } from '#shared/contract/serve.ts'
import { openInBrowser } from './open-in-browser.ts'
import { readOptions, sayFailure, usage } from './options.ts'
import { startServer } from './start-server.ts'

const onBug = (error: unknown) => console.error(new Date().toISOString(), error)

async function main(): Promise<void> {
  const { help, home, port, open } = readOptions(process.argv.slice(2))
  if (help) return void process.stdout.write(usage('Serves the lab to a browser on this machine.', 'npm run serve'))
  const lab = await openLab({ onBug, ...(home === null ? {} : { home }) })
  const server = await startServer({
    home: lab.home,
    port,
    onConnect: (channel) => serve({ contract, handlers: lab.handlers, channel, onBug }),
  })
  console.log(`Assay is at ${server.url}`)
  console.log('Press Ctrl-C to stop. A running run is kept and can be resumed.')
  if (open) openInBrowser(server.url)

  let stopping = false
  const stop = () => {
    if (stopping) process.exit(130) // asked twice: now
    stopping = true
    void server
      .close()
      .then(() => lab.close())
      .then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

try {
  await main()
} catch (error) {
  sayFailure(error)
}
