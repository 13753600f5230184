/** A day of the Gregorian calendar. `month` and `day` count from 1. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/**
 * Days since 1970-01-01, by Hinnant's days_from_civil: whole numbers only, so neither time zones nor daylight saving
 * can come in as they do with Date. For years from 1 on.
 */
export function dayNumber({ year, month, day }: Day): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The day with this number: the inverse of `dayNumber` (Hinnant's civil_from_days). */
export function dayOf(dayNumberSinceEpoch: number): Day {
  const shifted = dayNumberSinceEpoch + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** The weekday of a day number. 1970-01-01 was a Thursday. */
export function weekdayOf(number: number): (typeof weekdays)[number] {
  const weekday = weekdays[(((number + 3) % 7) + 7) % 7]
  if (weekday === undefined) throw new RangeError(`not a day number: ${number}`)
  return weekday
}

const months = 'January February March April May June July August September October November December'.split(' ')

/** `3 March 2024`. */
export const written = ({ year, month, day }: Day): string => `${day} ${months[month - 1] ?? ''} ${year}`
