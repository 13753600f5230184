import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'

/** `completion SHELL` prints a script for the shell; the script asks `complete -- …` what fits. Call it last. */
export function addCompletion(program: Command): void {
  const root = tab(program, { completionCommandName: 'completion' })
  for (const verb of takeRun) root.commands.get(verb)?.argument('run', (offer) => offer('last', 'the newest run'))
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print a script that completes commands in your shell')
    .addHelpText('after', completionHelp)
}

const takeRun = ['show', 'compare', 'resume', 'export', 'watch', 'stop', 'delete', 'regrade']

const completionHelp = `
Put the script where your shell reads it, for example
  bash        assay completion bash > ~/.local/share/bash-completion/completions/assay
  zsh         assay completion zsh > ~/.zfunc/_assay
  fish        assay completion fish > ~/.config/fish/completions/assay.fish
It completes the command \`assay\`: on the PATH, as an alias or as a function.`
