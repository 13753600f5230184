import type { Command } from 'commander'
import type { Context, GlobalOptions } from './context.ts'
import type { ExitCode } from './exit-codes.ts'

/** What a verb does. Returns the exit code, or nothing for success. */
export type Verb<Options, Args extends readonly unknown[]> = (
  context: Context,
  options: Options & GlobalOptions,
  ...args: Args
) => Promise<ExitCode | void>

/** Makes a commander action of a verb: gives it a context, and closes what it opened. */
export type Act = <Options, Args extends readonly unknown[] = readonly []>(
  verb: Verb<Options, Args>,
) => (...raw: unknown[]) => Promise<void>

/** Commander hands the command itself to an action as the last argument. What its options are is the verb's claim. */
export function readAction<Options, Args extends readonly unknown[]>(raw: readonly unknown[]) {
  const command = raw.at(-1) as Command
  return {
    options: command.optsWithGlobals<Options & GlobalOptions>(),
    args: command.processedArgs as unknown as Args,
  }
}

/** Examples below a command's help, with the prefix that works where it is typed. */
export function examples(program: string, lines: readonly (readonly [command: string, what: string])[]): string {
  const shown = lines.map(([command, what]) => `  # ${what}\n  ${program} ${command}`)
  return `\nExamples:\n${shown.join('\n')}`
}

/** What every file of verbs adds its commands with. */
export interface VerbHost {
  readonly act: Act
  /** How people call the program: `assay`, `npm run assay --`. */
  readonly program: string
}
