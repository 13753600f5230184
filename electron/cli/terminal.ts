import { makeStyle, wantsColours, type Style } from './render/style.ts'

/** What the command line needs of a stream; process.stdout and a test's collector both are one. */
export interface Sink {
  write(text: string, done?: (error?: Error | null) => void): boolean
  on?(event: 'error', listener: (error: Error) => void): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface TerminalOptions {
  readonly stdout: Sink
  readonly stderr: Sink
  readonly env: NodeJS.ProcessEnv
  readonly colours: boolean
  readonly quiet: boolean
}

/** The two streams of a command: results go to one, everything said besides to the other. */
export interface Terminal {
  /** A result. Ends with a line feed; waits until the reader has taken it. @throws the stream's error, EPIPE among them */
  readonly print: (text: string) => Promise<void>
  /** The same without adding a line feed. */
  readonly printRaw: (text: string) => Promise<void>
  /** Something to know besides the result; silent with --quiet. */
  readonly note: (text: string) => void
  /** What went wrong: never silent. */
  readonly complain: (text: string) => void
  /** Colours of results. */
  readonly style: Style
  /** Colours of notes. */
  readonly noteStyle: Style
  /** Characters in a line of results. */
  readonly columns: number
  /** Where progress may be drawn; null where nobody would see it. */
  readonly progress: { readonly stream: Sink; readonly columns: number } | null
}

const defaultColumns = 120

export function makeTerminal({ stdout, stderr, env, colours, quiet }: TerminalOptions): Terminal {
  const printRaw = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stdout.write(text, (error) => (error ? reject(error) : resolve()))
    })
  const live = stderr.isTTY === true && !quiet && env['TERM'] !== 'dumb'
  return {
    printRaw,
    print: (text) => printRaw(`${text}\n`),
    note(text) {
      if (!quiet) stderr.write(`${text}\n`)
    },
    complain: (text) => void stderr.write(`${text}\n`),
    style: makeStyle(wantsColours(stdout, env, colours)),
    noteStyle: makeStyle(wantsColours(stderr, env, colours)),
    columns: lineWidth(stdout, env),
    progress: live ? { stream: stderr, columns: lineWidth(stderr, env) } : null,
  }
}

function lineWidth(stream: Sink, env: NodeJS.ProcessEnv): number {
  const said = stream.columns ?? Number(env['COLUMNS'])
  return Number.isInteger(said) && said >= 20 ? said : defaultColumns
}
