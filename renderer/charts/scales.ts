import { lossTickText, roundTicks, type LossAxis } from '#shared/domain/loss-axis.ts'

export interface Scale {
  readonly domain: readonly [low: number, high: number]
  readonly ticks: readonly number[]
}

/** Around these intervals with room on both sides, from `floor` to `ceiling` at most. */
export function scaleAround(
  spans: readonly { readonly low: number; readonly high: number }[],
  { floor, ceiling, least, ticks = 5 }: { floor: number; ceiling: number; least: number; ticks?: number },
): Scale {
  const low = Math.min(...spans.map((span) => span.low))
  const high = Math.max(...spans.map((span) => span.high))
  if (!Number.isFinite(low)) return { domain: [floor, ceiling], ticks: roundTicks(floor, ceiling, ticks) }
  const room = Math.max(least, 0.08 * (high - low))
  const domain = [Math.max(floor, low - room), Math.min(ceiling, high + room)] as const
  return { domain, ticks: roundTicks(domain[0], domain[1], ticks) }
}

/** The axis that verdicts and reports share, for a plot in points. */
export const lossScale = ({ low, high, ticks }: LossAxis) => ({
  kind: 'linear' as const,
  domain: [100 * low, 100 * high] as const,
  ticks: ticks.map((tick) => 100 * tick),
  title: 'loss, points',
  format: (points: number) => lossTickText(points / 100),
})

/** From 0: for bars, which stand for their length. */
export function scaleFromZero(values: readonly number[], ticks = 4): Scale {
  const high = Math.max(0, ...values) * 1.08
  const domain = [0, high === 0 ? 1 : high] as const
  return { domain, ticks: roundTicks(0, domain[1], ticks) }
}

/** Logarithmic, with ticks at 1, 2, 3, 5 times powers of ten, 4 to 7 of them where there is room. */
export function scaleLog(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return { domain: [1, 10], ticks: [1, 2, 5, 10] }
  const low = Math.min(...positive) / 1.25
  const high = Math.max(...positive) * 1.25
  const inside = (digits: readonly number[]) =>
    Array.from({ length: 28 }, (_, place) => 10 ** (place - 9))
      .flatMap((power) => digits.map((digit) => Number((digit * power).toPrecision(3))))
      .filter((tick) => tick >= low && tick <= high)
  const choices = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 6, 8], [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9]].map(inside)
  const enough = choices.find((ticks) => ticks.length >= 4) ?? choices.at(-1) ?? []
  return { domain: [low, high], ticks: enough.length > 8 ? enough.filter((_, index) => index % 2 === 0) : enough }
}
