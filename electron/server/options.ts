import { parseArgs } from 'node:util'
import { errorInfo, LabError } from '#shared/domain/error.ts'

/** What both ways to start take. */
export interface StartOptions {
  readonly port: number | null
  readonly home: string | null
  readonly open: boolean
  readonly debug: boolean
  readonly help: boolean
}

const options = {
  port: { type: 'string' },
  home: { type: 'string' },
  open: { type: 'boolean', default: false },
  debug: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export const usage = (about: string, command: string): string => `${about}

  ${command} -- [--port N] [--home DIR] [--open] [--debug]

  --port N     in a browser: this port and no other (0: any free one)
  --home DIR   data folder; default: ASSAY_HOME, else the platform's
  --open       in a browser: open the address in the default one
  --debug      print stack traces
`

/**
 * What stands behind a `--` of its own is for Chromium (`npm start -- --home DIR -- --no-sandbox`) and left alone.
 * @throws TypeError from parseArgs for an unknown option, LabError BAD_REQUEST for a port that is none
 */
export function readOptions(args: readonly string[]): StartOptions {
  const end = args.indexOf('--')
  const { values } = parseArgs({ args: args.slice(0, end === -1 ? args.length : end), options })
  const { port, home = null, open, debug, help } = values
  return { port: port === undefined ? null : readPort(port), home, open, debug, help }
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port < 65_536) return port
  throw new LabError('BAD_REQUEST', `${text} is not a port.`, { hint: 'Give a number from 0 to 65535.' })
}

/** Says why it did not start, and leaves that to the exit code: 2 where the options were wrong. */
export function sayFailure(error: unknown): void {
  if (process.argv.includes('--debug')) throw error
  const wrongUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  const { code, message, hint } = wrongUsage
    ? errorInfo(new LabError('BAD_REQUEST', error.message, { hint: 'See --help.' }))
    : errorInfo(error)
  console.error(hint === null ? message : `${message}\n${hint}`)
  process.exitCode = code === 'BAD_REQUEST' ? 2 : 1
}
