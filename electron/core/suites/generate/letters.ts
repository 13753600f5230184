import type { RandomBelow } from '#shared/stats/random.ts'
import {
  aside,
  exactNumber,
  type GeneratedItem,
  type ItemTemplate,
  numberAlone,
  people,
  pick,
} from './item-template.ts'

const words =
  `strawberry raspberry blueberry banana pineapple cucumber aubergine tomato potato pepper cinnamon saffron butter
  coffee balloon umbrella bicycle carriage railway harbour lantern blanket curtain mirror cupboard kettle saucepan teapot bottle
  hammer scissors needle thread ribbon button pocket trousers slipper whistle trumpet accordion guitar orchestra theatre gallery
  museum library bookshelf dictionary alphabet sentence grammar arithmetic geometry parallel triangle pyramid telescope
  microscope thermometer barometer satellite asteroid nebula gravity volcano glacier waterfall river meadow forest mushroom
  squirrel hedgehog elephant giraffe rhinoceros hippopotamus crocodile alligator butterfly grasshopper mosquito sparrow parrot
  flamingo penguin albatross mississippi committee possession successful necessary embarrass millennium occurrence accommodate
  bookkeeper raccoon address assassin buccaneer cappuccino mozzarella spaghetti broccoli zucchini vanilla caramel marmalade`
    .split(/\s+/)
    .filter((word) => word !== '')

/** Letters of a text that occur so often; for 0 the letters of the alphabet that it does not have. */
function lettersOccurring(text: string, times: number): readonly string[] {
  const counts = new Map(Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => [letter, 0]))
  for (const char of text) {
    const before = counts.get(char)
    if (before !== undefined) counts.set(char, before + 1)
  }
  return [...counts].filter(([, count]) => count === times).map(([letter]) => letter)
}

/** Drawn first and about evenly: of the letters in words most occur once, and a model that always said so would be right. */
const counts = [0, 1, 1, 2, 2, 3, 3, 4] as const
/** More than enough to meet a text that has a letter four times. */
const mostDraws = 200

function draw(random: RandomBelow): { readonly text: string; readonly letter: string; readonly times: number } {
  const times = pick(random, counts)
  for (let left = mostDraws; left > 0; left -= 1) {
    const first = pick(random, words)
    const text = random(4) === 0 ? first : `${first} ${pick(random, words)}`
    const fitting = lettersOccurring(text, times)
    if (fitting.length > 0) return { text, letter: pick(random, fitting), times }
  }
  throw new Error(`no text with a letter ${times} times in ${mostDraws} draws`)
}

/** Counting a letter in one or two words: what tokens hide from a model. */
export const letters: ItemTemplate = {
  id: 'letters',
  title: 'Letter counting',
  description: 'How often a letter occurs in a word or in two words.',
  make(random): GeneratedItem {
    const { text, letter, times } = draw(random)
    const who = pick(random, people)
    const [these, in_] = text.includes(' ') ? ['words', 'the words'] : ['word', 'the word']
    return {
      key: `${letter}:${text}`,
      grader: exactNumber(times),
      wordings: {
        benchmark: `How many times does the letter "${letter}" occur in ${in_} "${text}"? ${numberAlone}`,
        near: `Go through "${text}" letter by letter and count every "${letter}". ${numberAlone}`,
        far: `${aside(random)} ${who} paints the ${these} "${text}" on a shop sign, one letter after the other, and uses gold paint for each "${letter}" and blue paint for all other letters. How many letters on the sign are gold? ${numberAlone}`,
      },
    }
  },
}
