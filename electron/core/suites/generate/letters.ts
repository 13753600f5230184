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

/** How often a letter stands in a text. Words here are plain lower-case letters, so a character is a letter. */
function countLetter(text: string, letter: string): number {
  return Array.from(text).filter((char) => char === letter).length
}

/** Counting a letter in one or two words: what tokens hide from a model. */
export const letters: ItemTemplate = {
  id: 'letters',
  title: 'Letter counting',
  description: 'How often a letter occurs in a word or in two words.',
  make(random): GeneratedItem {
    const first = pick(random, words)
    const second = random(4) === 0 ? null : pick(random, words)
    const text = second === null ? first : `${first} ${second}`
    const present = [...new Set(Array.from(text.replace(' ', '')))].toSorted()
    // One time in eight a letter that may not occur at all: zero is an answer, too.
    const letter = random(8) === 0 ? pick(random, Array.from('abcdefghijklmnopqrstuvwxyz')) : pick(random, present)
    const who = pick(random, people)
    const [these, in_] = second === null ? ['word', 'the word'] : ['words', 'the words']
    return {
      key: `${letter}:${text}`,
      grader: exactNumber(countLetter(text, letter)),
      wordings: {
        benchmark: `How many times does the letter "${letter}" occur in ${in_} "${text}"? ${numberAlone}`,
        near: `Go through "${text}" letter by letter and count every "${letter}". ${numberAlone}`,
        far: `${aside(random)} ${who} paints the ${these} "${text}" on a shop sign, one letter after the other, and uses gold paint for each "${letter}" and blue paint for all other letters. How many letters on the sign are gold? ${numberAlone}`,
      },
    }
  },
}
