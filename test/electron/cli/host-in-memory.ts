import { EventEmitter } from 'node:events'
import { Readable } from 'node:stream'
import { runCli, type CliHost } from '../../../electron/cli/run-cli.ts'
import type { Sink } from '../../../electron/cli/terminal.ts'

/** A command line whose streams are texts. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface MemoryHost {
  readonly overrides?: Partial<CliHost>
  readonly isTTY?: boolean
  readonly columns?: number
}

export function collector(options: Pick<MemoryHost, 'isTTY' | 'columns'> = {}): Sink & { text(): string } {
  const parts: string[] = []
  return {
    ...options,
    write(text, done) {
      parts.push(text)
      done?.()
      return true
    },
    text: () => parts.join(''),
  }
}

export async function runInMemory(argv: readonly string[], { overrides, ...look }: MemoryHost = {}): Promise<Outcome> {
  const stdout = collector(look)
  const stderr = collector(look)
  const code = await runCli({
    argv,
    env: {},
    cwd: process.cwd(),
    program: 'npm run assay --',
    stdin: Readable.from([]),
    stdout,
    stderr,
    signals: new EventEmitter(),
    quit() {
      throw new Error('quit without a second Ctrl-C')
    },
    openLab: () => Promise.reject(new Error('this command line needs no lab')),
    ...overrides,
  })
  return { code, out: stdout.text(), err: stderr.text() }
}
