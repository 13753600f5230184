import type { Estimate, Quadrants } from '../domain/comparison.ts'
import { wilson } from './wilson.ts'

/**
 * Share right under the reference minus share right under the variant, on the same prompts: a loss is positive.
 * Newcombe's method 10: Wilson intervals joined by a continuity-corrected phi (R. G. Newcombe, Statistics in Medicine
 * 17 (1998), 2635-2650). Counts may be fractions. Null when the table is empty.
 */
export function newcombePaired(table: Quadrants, confidence = 0.95): Estimate | null {
  const { bothRight, lost, gained, bothWrong } = table
  const n = bothRight + lost + gained + bothWrong
  const reference = wilson(bothRight + lost, n, confidence)
  const variant = wilson(bothRight + gained, n, confidence)
  if (reference === null || variant === null) return null
  const value = (lost - gained) / n
  const phi = correctedPhi(table, n)
  const below = distance(reference.value - reference.low, variant.high - variant.value, phi)
  const above = distance(reference.high - reference.value, variant.value - variant.low, phi)
  return { value, low: value - below, high: value + above }
}

function distance(x: number, y: number, phi: number): number {
  return Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y))
}

function correctedPhi({ bothRight, lost, gained, bothWrong }: Quadrants, n: number): number {
  const margins = (bothRight + lost) * (gained + bothWrong) * (bothRight + gained) * (lost + bothWrong)
  if (margins === 0) return 0
  const determinant = bothRight * bothWrong - lost * gained
  const corrected = determinant > 0 ? Math.max(0, determinant - n / 2) : determinant
  return corrected / Math.sqrt(margins)
}
