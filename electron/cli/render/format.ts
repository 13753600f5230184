import type { Estimate } from '#shared/domain/comparison.ts'

/** What stands where there is no value. */
export const none = '–'

/** `82.2`: a share as percent, with a true minus and no negative zero. */
export function percent(share: number): string {
  const text = (share * 100).toFixed(1)
  return text === '-0.0' ? '0.0' : text.replace('-', '−')
}

/** `82.2 [78.1, 85.7]`: a share with its interval, in percent or points. */
export function interval(estimate: Estimate | null): string {
  if (estimate === null) return none
  return `${percent(estimate.value)} [${percent(estimate.low)}, ${percent(estimate.high)}]`
}

/** `2 points`, `1 point`, `0.5 points`: a share as points. */
export function points(share: number): string {
  const value = Number((share * 100).toPrecision(4))
  return `${value} ${value === 1 ? 'point' : 'points'}`
}

/** `0.51`, `0.0015`, `2.5e-48`: two digits, enough to judge by. */
export function pValue(p: number | null): string {
  if (p === null) return none
  if (p >= 0.995) return '1.0'
  if (p >= 0.1) return p.toFixed(2)
  return p < 0.0001 ? p.toExponential(1) : String(Number(p.toPrecision(2)))
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB']

/** `7.9 MB`: decimal units, as Ollama and disks count. */
export function bytes(count: number): string {
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${byteUnits[unit]}`
}

/** `8.50`: bits per weight. */
export const bits = (bitsPerWeight: number | null): string => (bitsPerWeight === null ? none : bitsPerWeight.toFixed(2))

/** `696`, `8.4`: a rate. */
export function rate(perSecond: number | null): string {
  if (perSecond === null) return none
  return perSecond >= 99.5 ? String(Math.round(perSecond)) : perSecond.toFixed(1)
}

/** `45 s`, `2 min 5 s`, `3 h 12 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (seconds > 0 && seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `12 400`: groups of three, from five digits on. */
export function count(value: number): string {
  const digits = String(value)
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** `1 prompt`, `300 prompts`. */
export const counted = (value: number, word: string, words = `${word}s`): string =>
  `${count(value)} ${value === 1 ? word : words}`

/** `2026-11-23 14:05`, local time. */
export function moment(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
