import type { LabClient } from '#shared/contract/contract.ts'
import type { Interrupts } from './interrupts.ts'
import type { Terminal } from './terminal.ts'

/** Options that every verb takes. */
export interface GlobalOptions {
  readonly home?: string
  readonly json?: boolean
  readonly debug?: boolean
  readonly quiet?: boolean
  readonly color: boolean
}

/** What a verb has to work with. */
export interface Context {
  readonly terminal: Terminal
  /** True where the result has to be one JSON document and nothing else. */
  readonly json: boolean
  /** Where relative paths begin. */
  readonly cwd: string
  /** How the user calls this program: hints that can be copied begin with it. */
  readonly program: string
  readonly interrupts: Interrupts
  /** Told when something is made or run: from then on a failure is no wrong command line. */
  readonly begun: () => void
  /** Opened at the first call, closed when the verb has ended. */
  readonly lab: () => Promise<LabClient>
  /** Asks on the terminal; null where nobody can answer. */
  readonly confirm: (question: string) => Promise<boolean | null>
}
