import {
  aside,
  between,
  exactNumber,
  type GeneratedItem,
  type ItemTemplate,
  numberAlone,
  people,
  pick,
} from './item-template.ts'

/** Two units of which the large one is a whole multiple of the small one. */
interface UnitPair {
  readonly large: string
  readonly small: string
  readonly factor: number
  /** A story in which an amount of the large unit is used up or filled in. */
  readonly story: (who: string, amount: string) => string
}

const pairs: readonly UnitPair[] = [
  {
    large: 'kilometres',
    small: 'metres',
    factor: 1000,
    story: (who, amount) => `${who} walks ${amount} along a river.`,
  },
  {
    large: 'metres',
    small: 'millimetres',
    factor: 1000,
    story: (who, amount) => `${who} cuts a shelf that is ${amount} long.`,
  },
  {
    large: 'kilograms',
    small: 'grams',
    factor: 1000,
    story: (who, amount) => `${who} carries ${amount} of flour home.`,
  },
  {
    large: 'litres',
    small: 'millilitres',
    factor: 1000,
    story: (who, amount) => `${who} fills ${amount} of paint into cans.`,
  },
  { large: 'hours', small: 'minutes', factor: 60, story: (who, amount) => `${who} sits in a train for ${amount}.` },
  {
    large: 'minutes',
    small: 'seconds',
    factor: 60,
    story: (who, amount) => `${who} plays a piece on the piano that lasts ${amount}.`,
  },
  {
    large: 'weeks',
    small: 'hours',
    factor: 168,
    story: (who, amount) => `${who} looks after a lighthouse for ${amount} without a break.`,
  },
  {
    large: 'feet',
    small: 'inches',
    factor: 12,
    story: (who, amount) => `${who} measures a fence and writes down ${amount}.`,
  },
  { large: 'yards', small: 'inches', factor: 36, story: (who, amount) => `${who} buys ${amount} of cloth.` },
  { large: 'pounds', small: 'ounces', factor: 16, story: (who, amount) => `${who} weighs a pumpkin at ${amount}.` },
]

/** Conversions between units whose factor is exact by definition. */
export const units: ItemTemplate = {
  id: 'units',
  title: 'Units',
  description: 'Conversions from a larger unit to a smaller one, with halves and quarters and an amount added.',
  make(random): GeneratedItem {
    const { large, small, factor, story } = pick(random, pairs)
    const quarters = between(random, 5, 999)
    const extra = between(random, 1, factor - 1)
    const amount = `${decimalOfQuarters(quarters)} ${large}`
    // Every factor is a multiple of four, so a quarter of a large unit is a whole number of small ones.
    const answer = (quarters * factor) / 4 + extra
    const who = pick(random, people)
    return {
      key: `${large}:${quarters}:${extra}`,
      grader: exactNumber(answer),
      wordings: {
        benchmark: `Convert ${amount} and ${extra} ${small} to ${small}. ${numberAlone}`,
        near: `How many ${small} are ${amount} plus another ${extra} ${small}? ${numberAlone}`,
        far: `${aside(random)} ${story(who, amount)} Afterwards it turns out that ${extra} ${small} have to be added. What is the whole, counted in ${small}? ${numberAlone}`,
      },
    }
  },
}

function decimalOfQuarters(quarters: number): string {
  return `${Math.floor(quarters / 4)}${['', '.25', '.5', '.75'][quarters % 4] ?? ''}`
}
