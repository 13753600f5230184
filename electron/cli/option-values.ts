import { Argument, InvalidArgumentError, Option } from 'commander'

/** Parsers of option values. Each refuses with what was expected; commander adds the option's name. */

export const wholeNumber =
  (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
      throw new InvalidArgumentError(`Expected a whole number ${range}.`)
    }
    return value
  }

export const decimalNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= min && value <= max)) {
      throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`)
    }
    return value
  }

/** Points on the command line, a share in the lab: `2` is 0.02. */
export function marginPoints(text: string): number {
  const value = Number(text)
  if (!(value >= 0.1 && value < 100)) {
    throw new InvalidArgumentError('Expected points, from 0.1 to below 100: 2 allows a loss of two points.')
  }
  return value / 100
}

/** `distance=far`, several times for several tags. */
export function tagFilter(text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Expected TAG=VALUE, for example distance=far.')
  return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) }
}

export const oneOf = (flags: string, description: string, choices: readonly string[]): Option =>
  new Option(flags, description).choices([...choices])

/** `a b` and `a,b`, also mixed: each value is one of the choices. */
export const listOf = (flags: string, description: string, choices: readonly string[]): Option => {
  const option = new Option(flags, description)
  option.argChoices = [...choices]
  return option.argParser((text: string, earlier: readonly string[] | undefined) => {
    const words = text.split(',').map((word) => word.trim())
    if (words.every((word) => choices.includes(word))) return [...(earlier ?? []), ...words]
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
  })
}

/** An argument that help and completion offer these words for. What else it may be is the lab's to say. */
export const offering = (flags: string, description: string, words: readonly string[]): Argument => {
  const argument = new Argument(flags, description)
  argument.argChoices = [...words]
  return argument
}
