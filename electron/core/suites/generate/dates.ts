import type { Grader } from '#shared/domain/suite.ts'
import type { RandomBelow } from '#shared/stats/random.ts'
import { dayNumber, dayOf, weekdayOf, weekdays, written } from './calendar.ts'
import {
  aside,
  between,
  exactNumber,
  type GeneratedItem,
  type ItemTemplate,
  nameAlone,
  numberAlone,
  people,
  pick,
} from './item-template.ts'

const first = dayNumber({ year: 1901, month: 1, day: 1 })
const last = dayNumber({ year: 2099, month: 12, day: 31 })

const weekday = (expected: string): Grader => ({ kind: 'choice', expected, options: [...weekdays] })

function weekdayAfter(random: RandomBelow): GeneratedItem {
  const [start, days] = [between(random, first, last), between(random, 8, 980)]
  const [from, day, who] = [weekdayOf(start), written(dayOf(start)), pick(random, people)]
  return {
    key: `weekday:${start}+${days}`,
    grader: weekday(weekdayOf(start + days)),
    wordings: {
      benchmark: `${day} is a ${from}. What day of the week is it ${days} days later? ${nameAlone}`,
      near: `Starting from ${from}, ${day}, count ${days} days forward. Which weekday do you reach? ${nameAlone}`,
      far: `${aside(random)} On ${from}, ${day}, ${who} plants a cutting whose label says that it will flower after exactly ${days} days. On which day of the week will that be, if the label is right? ${nameAlone}`,
    },
  }
}

function daysBetween(random: RandomBelow): GeneratedItem {
  const start = between(random, first, last - 800)
  const days = between(random, 20, 790)
  const [from, to, who] = [written(dayOf(start)), written(dayOf(start + days)), pick(random, people)]
  return {
    key: `between:${start}+${days}`,
    grader: exactNumber(days),
    wordings: {
      benchmark: `How many days are there from ${from} to ${to}, not counting the first day? ${numberAlone}`,
      near: `If today is ${from}, in how many days will it be ${to}? ${numberAlone}`,
      far: `${aside(random)} ${who} went to sea on ${from} and stepped ashore again on ${to}. A candle was lit on every evening of the journey, the evening of the departure included and that of the return not. How many candles was that? ${numberAlone}`,
    },
  }
}

/** Calendar arithmetic over real dates, leap years included. */
export const dates: ItemTemplate = {
  id: 'dates',
  title: 'Dates',
  description: 'Weekdays and distances in days between real dates, leap years included.',
  make: (random) => (random(2) === 0 ? weekdayAfter(random) : daysBetween(random)),
}
