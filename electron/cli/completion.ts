import { script } from '@bomb.sh/tab'
import { Argument, type Command } from 'commander'
import { examples, type Verb, type VerbHost } from './act.ts'
import { bashScript, zshScript } from './completion-scripts.ts'
import { offersFor } from './completion-offers.ts'
import { standingOf, type Standing } from './completion-standing.ts'
import { plainLine } from './render/plain-text.ts'

/** `completion SHELL` prints a script for the shell; the script asks `complete -- WORDS` what fits. Call it last. */
export function addCompletion(program: Command, { act, program: prefix }: VerbHost): void {
  program
    .command('completion')
    .description('print a script that completes commands, names and files in your shell')
    .addArgument(new Argument('<shell>', 'which').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText('after', () => `${examples(prefix, [['completion bash', 'to the screen']])}\n${completionHelp}`)
    .action(act(printScript))
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(
      act<object, readonly [string[]]>(async (context, _options, words) => {
        const standing = standingOf(program, words)
        const { offers, files } = await offersFor(standing, context)
        const lines = offers.filter(fits(standing)).map(({ value, what }) => `${value}\t${plainLine(what)}`)
        // What shells know from cobra's programs: 4, that no file can stand here.
        await context.terminal.print([...lines, files ? ':0' : ':4'].join('\n'))
      }),
    )
}

const fits =
  ({ word }: Standing) =>
  ({ value }: { readonly value: string }): boolean =>
    value.toLowerCase().startsWith(word.toLowerCase())

const printScript: Verb<object, readonly [string]> = async ({ terminal }, _options, shell) => {
  if (shell === 'bash') return terminal.printRaw(bashScript)
  if (shell === 'zsh') return terminal.printRaw(zshScript)
  script(shell, 'assay', 'assay')
}

const completionHelp = `
Put the script where your shell reads it, for example
  bash        assay completion bash > ~/.local/share/bash-completion/completions/assay
  zsh         assay completion zsh > ~/.zfunc/_assay
  fish        assay completion fish > ~/.config/fish/completions/assay.fish
It completes the command \`assay\`: on the PATH, as an alias or as a function. From the source tree:
  assay() { npm run -s --prefix /path/to/assay assay -- "$@"; }; source <(assay completion bash)`
