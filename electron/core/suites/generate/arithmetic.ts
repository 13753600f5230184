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

interface Problem {
  readonly key: string
  readonly answer: number
  readonly benchmark: string
  readonly near: string
  /** A story without its aside. */
  readonly far: string
}

type Kind = (random: (bound: number) => number) => Problem

const goods = ['bolts', 'tiles', 'seeds', 'tickets', 'stamps', 'candles', 'bricks', 'postcards'] as const

const sum: Kind = (random) => {
  const [a, b, c] = [between(random, 112, 9876), between(random, 112, 9876), between(random, 112, 9876)]
  const [who, what] = [pick(random, people), pick(random, goods)]
  return {
    key: `sum:${a}+${b}+${c}`,
    answer: a + b + c,
    benchmark: `What is ${a} + ${b} + ${c}?`,
    near: `Add up these three numbers for me: ${a}, ${b} and ${c}.`,
    far: `${who} runs a small warehouse. A first lorry brings ${a} ${what}, a second one ${b}, and towards evening a third one ${c}. How many ${what} were delivered that day?`,
  }
}

const difference: Kind = (random) => {
  const a = between(random, 2000, 98_765)
  const b = between(random, 112, a - 100)
  const [who, what] = [pick(random, people), pick(random, goods)]
  return {
    key: `difference:${a}-${b}`,
    answer: a - b,
    benchmark: `What is ${a} - ${b}?`,
    near: `If you take ${b} away from ${a}, what is left?`,
    far: `The museum's depot held ${a} ${what} in spring. ${who} sorted them, and ${b} of them turned out to be damaged and were thrown away. How many ${what} are still in the depot?`,
  }
}

const product: Kind = (random) => {
  const [a, b] = [between(random, 12, 989), between(random, 12, 98)]
  const [who, what] = [pick(random, people), pick(random, goods)]
  return {
    key: `product:${a}*${b}`,
    answer: a * b,
    benchmark: `What is ${a} × ${b}?`,
    near: `Multiply ${a} by ${b} and tell me the result.`,
    far: `${who} packs ${what} for a fair: ${b} crates stand ready, and into each of them go exactly ${a} ${what}. How many ${what} does ${who} pack altogether?`,
  }
}

const twoSteps: Kind = (random) => {
  const [count, price] = [between(random, 7, 96), between(random, 3, 89)]
  const total = count * price
  const paid = total + between(random, 1, 400)
  const who = pick(random, people)
  return {
    key: `change:${paid}-${count}*${price}`,
    answer: paid - total,
    benchmark: `What is ${paid} - ${count} × ${price}?`,
    near: `Work out ${count} times ${price}, then subtract what you get from ${paid}.`,
    far: `For the choir's journey ${who} buys ${count} seats at ${price} coins each and hands over ${paid} coins. How many coins does ${who} get back?`,
  }
}

const share: Kind = (random) => {
  const [groups, each] = [between(random, 3, 48), between(random, 13, 480)]
  const rest = between(random, 1, groups - 1)
  const all = groups * each + rest
  const [who, what] = [pick(random, people), pick(random, goods)]
  return {
    key: `rest:${all}/${groups}`,
    answer: rest,
    benchmark: `What is the remainder when ${all} is divided by ${groups}?`,
    near: `Divide ${all} by ${groups} in whole numbers. How much is left over?`,
    far: `${who} hands out ${all} ${what} to ${groups} schools so that every school gets equally many, and as many as possible. How many ${what} remain with ${who}?`,
  }
}

const kinds = [sum, difference, product, twoSteps, share] as const

/** Whole-number arithmetic in one or two steps. */
export const arithmetic: ItemTemplate = {
  id: 'arithmetic',
  title: 'Arithmetic',
  description: 'Sums, differences, products, change and remainders of whole numbers.',
  make(random): GeneratedItem {
    const { key, answer, benchmark, near, far } = pick(random, kinds)(random)
    const story = random(2) === 0 ? `${aside(random)} ${far}` : far.replace(/\. (?=[^.]*\?$)/, `. ${aside(random)} `)
    return {
      key,
      grader: exactNumber(answer),
      wordings: {
        benchmark: `${benchmark} ${numberAlone}`,
        near: `${near} ${numberAlone}`,
        far: `${story} ${numberAlone}`,
      },
    }
  },
}
