import { parseArgs } from 'node:util'
import { openLab } from '#core/lab.ts'
import { contract } from '#shared/contract/contract.ts'
import { serve } from '#shared/contract/serve.ts'
import { errorInfo, LabError } from '#shared/domain/error.ts'
import { openInBrowser } from './open-in-browser.ts'
import { startServer } from './start-server.ts'

const usage = `Serves the lab to a browser on this machine.

  npm run serve -- [--port N] [--home DIR] [--open] [--debug]

  --port N     this port and no other (0: any free one)
  --home DIR   data folder; default: ASSAY_HOME, else the platform's
  --open       open the address in the default browser
  --debug      print stack traces
`

const options = {
  port: { type: 'string' },
  home: { type: 'string' },
  open: { type: 'boolean', default: false },
  debug: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const onBug = (error: unknown) => console.error(new Date().toISOString(), error)

async function main(): Promise<void> {
  const { values } = parseArgs({ options })
  if (values.help) return void process.stdout.write(usage)
  const lab = await openLab({ onBug, ...(values.home === undefined ? {} : { home: values.home }) })
  const server = await startServer({
    home: lab.home,
    port: values.port === undefined ? null : readPort(values.port),
    onConnect: (channel) => serve({ contract, handlers: lab.handlers, channel, onBug }),
  })
  console.log(`Assay is at ${server.url}`)
  console.log('Press Ctrl-C to stop. A running run is kept and can be resumed.')
  if (values.open) openInBrowser(server.url)

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

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new LabError('BAD_REQUEST', `${text} is not a port.`, { hint: 'Give a number from 0 to 65535.' })
}

try {
  await main()
} catch (error) {
  if (process.argv.includes('--debug')) throw error
  const wrongUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  const { message, hint } = wrongUsage ? { message: error.message, hint: 'See --help.' } : errorInfo(error)
  console.error(hint === null ? message : `${message}\n${hint}`)
  process.exitCode = wrongUsage ? 2 : 1
}
