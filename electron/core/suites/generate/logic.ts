import {
  aside,
  between,
  type GeneratedItem,
  type ItemTemplate,
  nameAlone,
  people,
  pick,
  sample,
} from './item-template.ts'

/** An order among people. `more` is said of the one nearer to the top. */
interface Relation {
  readonly more: string
  readonly most: string
  readonly least: string
  /** The same said otherwise: `near` of the one nearer to the top, `story` of the one nearer to the bottom. */
  readonly near: (a: string, b: string) => string
  readonly story: (a: string, b: string) => string
}

const relations: readonly Relation[] = [
  {
    more: 'older',
    most: 'oldest',
    least: 'youngest',
    near: (a, b) => `${b} is younger than ${a}`,
    story: (a, b) => `${a} was already at school when ${b} was born`,
  },
  {
    more: 'taller',
    most: 'tallest',
    least: 'shortest',
    near: (a, b) => `${b} is shorter than ${a}`,
    story: (a, b) => `${b} has to look up to meet the eyes of ${a}`,
  },
  {
    more: 'faster',
    most: 'fastest',
    least: 'slowest',
    near: (a, b) => `${b} is slower than ${a}`,
    story: (a, b) => `${b} reached the finish after ${a}`,
  },
  {
    more: 'richer',
    most: 'richest',
    least: 'poorest',
    near: (a, b) => `${b} is poorer than ${a}`,
    story: (a, b) => `${b} owns less money than ${a}`,
  },
]

const places = ['', 'second ', 'third '] as const

/** Order puzzles: neighbours in a hidden order are told in random sequence, and somebody's place is asked for. */
export const logic: ItemTemplate = {
  id: 'logic',
  title: 'Logic',
  description: 'Who comes where in an order told in pieces.',
  make(random): GeneratedItem {
    const order = sample(random, people, between(random, 4, 6))
    const relation = pick(random, relations)
    const pairs = order.slice(1).map((lower, index) => [order[index] ?? '', lower] as const)
    const told = sample(random, pairs, pairs.length)
    const fromTop = random(2) === 0
    const place = random(Math.min(3, order.length - 1))
    const expected = (fromTop ? order[place] : order[order.length - 1 - place]) ?? ''
    const asked = `${places[place] ?? ''}${fromTop ? relation.most : relation.least}`
    const tell = (say: (a: string, b: string) => string): string => told.map(([a, b]) => `${say(a, b)}.`).join(' ')
    return {
      key: `${relation.more}:${order.join('>')}:${asked}:${told.map(([a]) => a).join(',')}`,
      grader: { kind: 'choice', expected, options: order.toSorted() },
      wordings: {
        benchmark: `${tell((a, b) => `${a} is ${relation.more} than ${b}`)} Who is the ${asked} of them? ${nameAlone}`,
        near: `${tell(relation.near)} Name the ${asked} person. ${nameAlone}`,
        far: `${order.length} friends meet at a mountain hut. ${tell(relation.story)} ${aside(random)} Which of these friends is the ${asked}? ${nameAlone}`,
      },
    }
  },
}
