import type { RunDefaults } from '../domain/run-defaults.ts'

/** What the user has set, over what the environment says. */
export interface Settings {
  readonly endpoints: readonly {
    readonly id: string
    readonly kind: 'ollama'
    readonly url: string
    readonly fromEnvironment: boolean
  }[]
  readonly modelFolders: readonly string[]
  /** At most `cores`. */
  readonly builtinThreads: number
  /** Logical cores of the machine that the lab is on. */
  readonly cores: number
  readonly reviewer: string
  readonly theme: 'system' | 'light' | 'dark'
  readonly runDefaults: RunDefaults
  /** Keys of the columns that were put away, by grid. */
  readonly hiddenColumns: Readonly<Record<string, readonly string[]>>
  /** How answers are read where no marks lie on them: Markdown and mathematics set, or as they were written. */
  readonly answers: 'formatted' | 'written'
  /** Hosts that requests can go to with these settings, this machine left out. Empty: nothing leaves it. */
  readonly leavesMachine: readonly string[]
}
