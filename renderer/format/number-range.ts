/** Where a number that is typed has to lie. */
export interface NumberRange {
  readonly from: number
  readonly to: number
  readonly whole: boolean
}

export const isWithin = (value: number, { from, to, whole }: NumberRange): boolean =>
  Number.isFinite(value) && value >= from && value <= to && (!whole || Number.isInteger(value))

/** What is said of a number that does not: `A whole number from 64 to 4,194,304.` */
export const rangeText = ({ from, to, whole }: NumberRange): string =>
  `${whole ? 'A whole number' : 'A number'} from ${from.toLocaleString('en-US')} to ${to.toLocaleString('en-US')}.`
