import type { Command } from 'commander'
import { unknownCommand } from '../usage-error.ts'

/** `help suites import`: the help of a command however deep; of everything where none is named. */
export function addHelp(program: Command): void {
  program
    .command('help')
    .description('show the help of a command')
    .argument('[command...]')
    .action((words: readonly string[]) => {
      let command = program
      for (const word of words) {
        const next = command.commands.find((candidate) => candidate.name() === word)
        if (next === undefined) throw unknownCommand(command, word)
        command = next
      }
      command.help()
    })
}
