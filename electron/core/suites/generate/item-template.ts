import type { Distance, Grader } from '#shared/domain/suite.ts'
import type { RandomBelow } from '#shared/stats/random.ts'

/** One problem with its computed answer, worded three times. */
export interface GeneratedItem {
  /** Equal for equal problems: a suite never asks the same one twice. */
  readonly key: string
  readonly grader: Grader
  readonly wordings: Readonly<Record<Distance, string>>
}

/** A source of problems without end, or nearly. The same random numbers give the same problems. */
export interface ItemTemplate {
  readonly id: string
  readonly title: string
  readonly description: string
  make(random: RandomBelow): GeneratedItem
}

/** A whole number from `low` to `high`, both included. */
export const between = (random: RandomBelow, low: number, high: number): number => low + random(high - low + 1)

/** One of a list. */
export function pick<Value>(random: RandomBelow, values: readonly Value[]): Value {
  const value = values[random(values.length)]
  if (value === undefined) throw new RangeError('nothing to pick from')
  return value
}

/** Some of a list, in random order, none twice. */
export function sample<Value>(random: RandomBelow, values: readonly Value[], count: number): readonly Value[] {
  const rest = [...values]
  return Array.from({ length: count }, () => rest.splice(random(rest.length), 1)).flat()
}

/** What every question ends with, so that its answer can be found without doubt. */
export const numberAlone = 'Give the final number alone on the last line.'
export const nameAlone = 'Give the final name alone on the last line.'

/** A grader for an exact number, written out so that no rounding comes in. */
export const exactNumber = (expected: number | string): Grader => ({
  kind: 'number',
  expected: String(expected),
  tolerance: 0,
  relativeTolerance: 0,
})

export const people = [
  'Amina',
  'Bruno',
  'Clara',
  'Deniz',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kamal',
  'Leyla',
  'Marek',
  'Nadia',
  'Otto',
  'Priya',
  'Rosa',
  'Samir',
  'Tilda',
  'Umar',
  'Vera',
  'Wanda',
  'Yusuf',
  'Zora',
] as const

/** Sentences with a number that has nothing to do with the problem: the far wording carries one. */
export function aside(random: RandomBelow): string {
  const n = between(random, 3, 49)
  return pick(random, [
    `It had been raining for ${n} minutes when this happened.`,
    `The clock in the hall was ${n} minutes slow that day.`,
    `On the wall hung a poster with ${n} sailing boats.`,
    `A dog barked ${n} times in the street and then fell silent.`,
    `The radio was playing song number ${n} of the chart.`,
    `A neighbour, aged ${n + 30}, was watching from the window.`,
    `Somebody had left ${n} umbrellas by the door.`,
  ])
}
