/**
 * Figures as the screens write them: true minus, grouped thousands, the unit apart. A null is "-"; the reason is the caller's.
 * What reports show too is written by shared/domain/figures.ts, so that a number reads the same everywhere.
 */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

export const count = (value: number): string => grouped.format(value)

const minus = (text: string): string => text.replace('-', '−')

/** Tokens a second: `61.3`, `1,240`. */
export const speed = (perSecond: number): string =>
  perSecond >= 100 ? grouped.format(perSecond) : perSecond.toFixed(1)

export const fixed = (value: number, digits: number): string => minus(value.toFixed(digits))

const signed = (value: number, digits: number): string => {
  const text = value.toFixed(digits)
  return Number(text) > 0 ? `+${text}` : Number(text) === 0 ? (0).toFixed(digits) : minus(text)
}

/** A share as a percentage without its sign: `82.2`. */
export const percent = (share: number, digits = 1): string => fixed(share * 100, digits)

export const points = (difference: number, digits = 1): string => signed(difference * 100, digits)

export interface WithUnit {
  readonly figure: string
  readonly unit: string
}

/** Decimal units, as file sizes are sold: 1 MB is 1 000 000 bytes. */
export function bytes(size: number): WithUnit {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let scaled = size
  let step = 0
  while (scaled >= 999.5 && step < units.length - 1) {
    scaled /= 1000
    step += 1
  }
  const digits = step === 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2
  return { figure: scaled.toFixed(digits), unit: units[step] ?? 'bytes' }
}

/** `3.2 s`, `4 min 10 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `today 14:05`, `23 Nov 14:05`, `23 Nov 2025`. */
export function moment(atMs: number, nowMs: number = Date.now()): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)]
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  if (at.toDateString() === now.toDateString()) return `today ${time}`
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
  return at.getFullYear() === now.getFullYear() ? `${day} ${time}` : `${day} ${at.getFullYear()}`
}
