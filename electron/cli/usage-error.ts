import type { Command, CommanderError } from 'commander'
import { didYouMean } from '#shared/domain/near-words.ts'
import type { CliHost } from './run-cli.ts'
import { UsageError } from './show-error.ts'

/** What commander found wrong, with the help of the very command that it concerns. */
export function usageError(error: CommanderError, { argv, program: prefix }: CliHost, program: Command): UsageError {
  const { command, path, rest } = commandOf(argv, program)
  const help = `Help: ${[prefix, ...path].join(' ')} --help`
  // Commander shows the whole help where a command is missing: one line says more.
  if (error.code === 'commander.help') return new UsageError('A command is missing.', help)
  if (error.code === 'commander.excessArguments' && command.commands.length > 0 && rest !== undefined) {
    return unknownCommand(command, rest, help)
  }
  const sentence = error.message.replace(/^error: /, '')
  return new UsageError(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`, help)
}

/** `parent` has no command of this name. */
export function unknownCommand(parent: Command, word: string, help: string | null = null): UsageError {
  const near = didYouMean(
    word,
    parent
      .createHelp()
      .visibleCommands(parent)
      .map((command) => command.name()),
  )
  const hints = [near, help].filter((hint) => hint !== null)
  return new UsageError(`Unknown command '${word}'`, hints.length === 0 ? null : hints.join('\n'))
}

/** The command that a line names, told from its words alone: what is wrong may have kept it from being parsed. */
function commandOf(argv: readonly string[], program: Command) {
  let command = program
  const path: string[] = []
  let rest: string | undefined
  for (const word of argv) {
    if (word === '--') break
    const next = command.commands.find((candidate) => candidate.name() === word)
    if (next !== undefined) {
      command = next
      path.push(word)
      rest = undefined
    } else if (!word.startsWith('-')) rest ??= word
  }
  return { command, path, rest }
}
