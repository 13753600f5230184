import { createInterface } from 'node:readline/promises'
import type { Readable } from 'node:stream'
import { CommanderError, type Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import { readAction, type Act } from './act.ts'
import type { Context, GlobalOptions } from './context.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { listenForInterrupts, type Interrupts, type SignalSource } from './interrupts.ts'
import { makeProgram } from './program.ts'
import { plainText } from './render/plain-text.ts'
import { exitCodeOf, showError } from './show-error.ts'
import { makeTerminal, type Sink, type Terminal } from './terminal.ts'
import { usageError } from './usage-error.ts'

export interface OpenLabOptions {
  readonly home?: string
  readonly env?: NodeJS.ProcessEnv
  onBug?(error: unknown): void
}

/** A lab as this host uses it. */
export interface OpenedLab {
  readonly client: LabClient
  close(): Promise<void>
}

/** The world around the command line: a process, or a test. */
export interface CliHost {
  /** Without the program's own path. */
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** How people call it: `assay`, `npm run assay --`. */
  readonly program: string
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Sink
  readonly stderr: Sink
  readonly signals: SignalSource
  /** Ends the process at once: the second Ctrl-C. */
  quit(): void
  openLab(options: OpenLabOptions): Promise<OpenedLab>
}

/** Runs one command line to its end. Never throws. */
export async function runCli(host: CliHost): Promise<ExitCode> {
  // A write's own callback tells of a closed pipe; without a listener the event would end the process with a stack.
  for (const stream of [host.stdout, host.stderr]) stream.on?.('error', () => {})
  const interrupts = listenForInterrupts(host.signals, () => host.quit())
  let code: ExitCode = exitCodes.ok
  let hasBegun = false
  const begun = () => {
    hasBegun = true
  }
  const act: Act =
    <Options, Args extends readonly unknown[]>(verb: Parameters<typeof act<Options, Args>>[0]) =>
    async (...raw) => {
      const { options, args } = readAction<Options, Args>(raw)
      const invocation = { host, options, interrupts, begun }
      code = (await withContext(invocation, (context) => verb(context, options, ...args))) ?? code
    }
  const program = makeProgram(host, act)
  try {
    await program.parseAsync(host.argv.length === 0 ? ['--help'] : [...host.argv], { from: 'user' })
    return code
  } catch (error) {
    return await explain(error, { host, program, begun: hasBegun })
  } finally {
    interrupts.stop()
  }
}

interface Invocation {
  readonly host: CliHost
  readonly options: GlobalOptions
  readonly interrupts: Interrupts
  readonly begun: () => void
}

async function withContext<T>(invocation: Invocation, use: (context: Context) => Promise<T>): Promise<T> {
  const { host, options, interrupts, begun } = invocation
  const terminal = terminalOf(host, options)
  let opened: Promise<OpenedLab> | null = null
  const openLab = () =>
    host.openLab({
      env: host.env,
      ...(options.home === undefined ? {} : { home: options.home }),
      onBug(error) {
        if (options.debug) terminal.complain(plainText(error instanceof Error ? (error.stack ?? '') : String(error)))
      },
    })
  try {
    return await use({
      terminal,
      interrupts,
      begun,
      json: options.json ?? false,
      cwd: host.cwd,
      program: host.program,
      lab: async () => (await (opened ??= openLab())).client,
      confirm: (question) => confirm(host, question),
    })
  } finally {
    await closeQuietly(opened)
  }
}

/** A lab that could not be opened has been told of already, by the call that needed it. */
async function closeQuietly(opened: Promise<OpenedLab> | null): Promise<void> {
  const lab = await opened?.catch(() => null)
  await lab?.close()
}

const terminalOf = (host: CliHost, { color, quiet }: Pick<GlobalOptions, 'color' | 'quiet'>): Terminal =>
  makeTerminal({ stdout: host.stdout, stderr: host.stderr, env: host.env, colours: color, quiet: quiet ?? false })

interface Ended {
  readonly host: CliHost
  readonly program: Command
  readonly begun: boolean
}

async function explain(error: unknown, { host, program, begun }: Ended): Promise<ExitCode> {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return exitCodes.ok
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok
  const told = error instanceof CommanderError ? usageError(error, host, program) : error
  // Options may be what is wrong: they are looked for, not parsed.
  const has = (flag: string) => host.argv.includes(flag)
  const terminal = terminalOf(host, { color: !has('--no-color'), quiet: false })
  await showError(told, { terminal, json: has('--json'), debug: has('--debug') }).catch(() => {})
  return exitCodeOf(told, begun)
}

async function confirm(host: CliHost, question: string): Promise<boolean | null> {
  if (host.stdin.isTTY !== true || host.stderr.isTTY !== true) return null
  const lines = createInterface({ input: host.stdin, output: host.stderr as unknown as NodeJS.WritableStream })
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim())
  } finally {
    lines.close()
  }
}
