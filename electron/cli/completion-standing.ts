import type { Argument, Command, Option } from 'commander'

/** Where the cursor stands in a command line. */
export interface Standing {
  readonly command: Command
  /** The command's name with those above it: `suites check`. */
  readonly path: string
  /** What has been typed of the word at the cursor; after `--option=` the value's beginning. */
  readonly word: string
  /** What may stand here. */
  readonly expects:
    | { readonly kind: 'option' }
    | { readonly kind: 'value'; readonly of: Option }
    | { readonly kind: 'argument'; readonly of: Argument | null; readonly isFirst: boolean }
}

/** Reads the words before the cursor as commander would; the last word is the one at the cursor, perhaps empty. */
export function standingOf(program: Command, words: readonly string[]): Standing {
  if (words[0] === 'help' && words.length > 1) {
    const { command, path, word } = standingOf(program, words.slice(1))
    return { command, path, word, expects: { kind: 'argument', of: null, isFirst: true } }
  }
  let command = program
  let waiting: Option | null = null
  let operands = 0
  const path: string[] = []
  for (const word of words.slice(0, -1)) {
    if (word.startsWith('-')) waiting = word.includes('=') ? null : valued(command, word)
    else if (waiting !== null) waiting = waiting.variadic ? waiting : null
    else {
      const next = operands === 0 ? command.commands.find((candidate) => candidate.name() === word) : undefined
      if (next === undefined) operands += 1
      else {
        command = next
        path.push(word)
      }
    }
  }
  const word = words.at(-1) ?? ''
  const at = { command, path: path.join(' ') }
  const [flag, ...value] = word.split('=')
  const given = value.length > 0 ? valued(command, flag ?? '') : null
  if (given !== null) return { ...at, word: value.join('='), expects: { kind: 'value', of: given } }
  if (word.startsWith('-')) return { ...at, word, expects: { kind: 'option' } }
  if (waiting !== null) return { ...at, word, expects: { kind: 'value', of: waiting } }
  return { ...at, word, expects: { kind: 'argument', of: argumentAt(command, operands), isFirst: operands === 0 } }
}

/** The options of a command with those of the commands above it. */
export function optionsOf(command: Command): readonly Option[] {
  const above = command.parent === null ? [] : optionsOf(command.parent)
  return [...command.options, ...above].filter(({ hidden }) => !hidden)
}

const valued = (command: Command, flag: string): Option | null =>
  optionsOf(command).find((option) => (option.long === flag || option.short === flag) && !option.isBoolean()) ?? null

function argumentAt(command: Command, place: number): Argument | null {
  const { registeredArguments } = command
  const last = registeredArguments.at(-1)
  return registeredArguments[place] ?? (last?.variadic === true ? last : null)
}
