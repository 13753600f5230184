import type { Estimate, Measured } from './comparison.ts'

/** What stands where there is no figure. Its reason stands beside it. */
export const missing = '-'

/** True minus, and no minus before a zero. */
export const signed = (text: string): string => text.replace(/^-(?=0(\.0+)?$)/, '').replace(/^-/, '−')

/**
 * Decimals that an uncertainty of `halfWidth` bears, 0 to 3: its first significant digit, one more where that is below 3.55
 * (the Particle Data Group's rule), and one decimal from 0.1 on so that a column reads evenly.
 */
export function decimalsFor(halfWidth: number): number {
  if (halfWidth >= 3.55) return 0
  if (halfWidth >= 0.1) return 1
  return halfWidth >= 0.01 ? 2 : 3
}

export interface EstimateText {
  readonly value: string
  readonly low: string
  readonly high: string
}

/** A share as percent or points, with its interval, in the digits that the interval bears. `plus` writes the sign of a gain. */
export function pointsText(estimate: Estimate, plus: 'plus' | 'plain' = 'plain'): EstimateText {
  const decimals = decimalsFor(50 * (estimate.high - estimate.low))
  const text = (share: number) => {
    const fixed = signed((100 * share).toFixed(decimals))
    return plus === 'plus' && share > 0 && /[1-9]/.test(fixed) ? `+${fixed}` : fixed
  }
  return { value: text(estimate.value), low: text(estimate.low), high: text(estimate.high) }
}

/** `+0.4 [−0.2, +1.1]`, or `-` where there is nothing. */
export function intervalText(estimate: Estimate | null, plus: 'plus' | 'plain' = 'plain'): string {
  if (estimate === null) return missing
  const { value, low, high } = pointsText(estimate, plus)
  return `${value} [${low}, ${high}]`
}

/** `353 [340, 366]` in the digits that the interval bears, `mostDecimals` at most; three digits where there is no interval. */
export function measuredText(measured: Measured, mostDecimals = 3): string {
  const text = writerFor(measured, mostDecimals)
  const { value, interval } = measured
  return interval === null ? text(value) : `${text(value)} [${interval.map(text).join(', ')}]`
}

/** `353`: the same without its interval, which stands elsewhere. */
export const measuredValueText = (measured: Measured, mostDecimals = 3): string =>
  writerFor(measured, mostDecimals)(measured.value)

function writerFor({ value, interval }: Measured, mostDecimals: number): (each: number) => string {
  if (interval === null) return threeDigits
  const half = (interval[1] - interval[0]) / 2
  // Values that are all alike have no spread but that of the arithmetic: three digits, as where there is no interval.
  const decimals = Math.min(mostDecimals, half <= 1e-9 * Math.abs(value) ? decimalsOfThree(value) : decimalsFor(half))
  return (each) =>
    signed(each.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }))
}

/** `2 points`, `1 point`, `0.5 points`: a share in words. */
export function marginText(share: number): string {
  const value = Number((100 * share).toPrecision(6))
  return `${value} ${value === 1 ? 'point' : 'points'}`
}

/** `0.13`, `0.0021`, `< 0.0001`: two digits at most. */
export function pValueText(p: number | null): string {
  if (p === null) return missing
  if (p < 0.0001) return '< 0.0001'
  if (p >= 0.1) return p.toFixed(2)
  return Number(p.toPrecision(2)).toString()
}

// Made once: every `toLocaleString` makes one of its own, and a large run writes thousands of counts.
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `1,932`. */
export const countText = (value: number): string => whole.format(value)

/** `1 prompt`, `1,564 prompts`. */
export const countedText = (value: number, word: string, words = `${word}s`): string =>
  `${countText(value)} ${value === 1 ? word : words}`

/** `82.2`: a share as percent where no interval says how many digits it bears. */
export const percentText = (share: number, decimals = 1): string => fixedText(100 * share, decimals)

/** `−0.25`: so many decimals, where something else than an interval decides over them. */
export const fixedText = (value: number, decimals: number): string => signed(value.toFixed(decimals))

/** `8.50`: bits per weight. */
export const bitsText = (bitsPerWeight: number | null): string => bitsPerWeight?.toFixed(2) ?? missing

/** `1.5 B`, `3.9 M`: parameters of a model, in the letters that models are named with. */
export function parametersText(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} B`
  return count >= 1e6 ? `${(count / 1e6).toFixed(1)} M` : countText(count)
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export interface WithUnit {
  readonly figure: string
  readonly unit: string
}

/** Three digits in units of 1000, as disks and Ollama count. */
export function bytesParts(bytes: number): WithUnit {
  let scaled = bytes
  let step = 0
  while (scaled >= 999.5 && step < byteUnits.length - 1) {
    scaled /= 1000
    step += 1
  }
  return { figure: step === 0 ? countText(scaled) : threeDigits(scaled), unit: byteUnits[step] ?? 'B' }
}

/** `7.93 MB`. */
export function bytesText(bytes: number): string {
  const { figure, unit } = bytesParts(bytes)
  return `${figure} ${unit}`
}

/** Three significant digits without an exponent, a measured value without an interval: `0.0834`, `7.93`, `807`, `12,300`. */
export function threeDigits(value: number): string {
  const rounded = Number(value.toPrecision(3))
  return Math.abs(rounded) >= 100 ? signed(countText(rounded)) : signed(rounded.toFixed(decimalsOfThree(rounded)))
}

const decimalsOfThree = (value: number): number =>
  value === 0 ? 0 : Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(value)))))

/** `3.2 s`, `45 s`, `2 min 5 s`, `3 h 12 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (seconds > 0 && seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
