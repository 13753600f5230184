/** What a process that ran Assay says when it ends. Scripts branch on these: they do not change. */
export const exitCodes = {
  ok: 0,
  /** An engine, the store or a file failed; a wrong suite. */
  failure: 1,
  /** The command line is wrong, or names what is not there or may not be replaced: nothing was begun. */
  usage: 2,
  /** `--check`: a variant is worse than the margin allows. */
  verdictFailed: 3,
  /** `--check --strict`: a verdict is inconclusive, or there is none. */
  verdictOpen: 4,
  /** Ctrl-C. What had been made is kept. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
