import type { Estimate, NoiseFloor } from './comparison.ts'
import { signed } from './figures.ts'

/** One axis of losses for all rows of a plot. Shares in, percentages of the plot's width out. */
export interface LossAxis {
  readonly low: number
  readonly high: number
  /** Round shares inside, ascending. */
  readonly ticks: readonly number[]
  /** Where a share lies, 0 to 100; what is beyond the axis lies at its end. */
  at(share: number): number
}

interface AxisInput {
  readonly losses: readonly (Estimate | null)[]
  readonly margin: number
  readonly noiseFloor: Pick<NoiseFloor, 'flipRate'> | null
}

/** Wide enough for the margin, the noise floor and most intervals; one far away must not press the others together. */
export function lossAxis({ losses, margin, noiseFloor }: AxisInput): LossAxis {
  const seen = losses.filter((loss) => loss !== null)
  const reach = seen.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))).toSorted((a, b) => a - b)
  const usual = reach[Math.floor(0.6 * (reach.length - 1))] ?? 0
  const limit = Math.max(3 * margin, 1.3 * usual)
  const ends = [-1.25 * margin, 2 * margin, -(noiseFloor?.flipRate?.value ?? 0)]
  const inside = seen.flatMap(({ low, high }) => [low, high]).filter((end) => Math.abs(end) <= limit)
  const from = Math.min(...ends, ...inside)
  const to = Math.max(...ends, ...inside)
  const room = 0.04 * (to - from)
  const low = from - room
  const high = to + room
  return {
    low,
    high,
    ticks: roundTicks(low, high, 6),
    at: (share) => Math.max(0, Math.min(100, (100 * (share - low)) / (high - low))),
  }
}

/** `+2`, `0`, `−5`: a tick in points. */
export const lossTickText = (share: number): string =>
  `${share > 0 ? '+' : ''}${signed(String(Number((100 * share).toPrecision(6))))}`

/** About `wanted` round numbers between the ends, a step of 1, 2 or 5 times a power of ten apart. */
export function roundTicks(low: number, high: number, wanted: number): readonly number[] {
  if (!(high > low)) return []
  const rough = (high - low) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}
