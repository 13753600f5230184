import type { MemoryFit } from '#shared/domain/variant.ts'

const gigabyte = 1e9
const steps = [1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024]

/**
 * Gigabytes that all bars of a list are drawn against: round, and beyond what is free, so that the mark of free memory has its
 * place. What needs more than twice of what is free goes off the scale rather than making all others small.
 */
export function memoryScale(fits: readonly MemoryFit[]): number {
  const free = Math.max(0, ...fits.map(({ freeBytes }) => freeBytes))
  const most = Math.max(0, ...fits.map(({ totalBytes }) => totalBytes))
  const wanted = (free === 0 ? most : Math.max(1.2 * free, Math.min(most, 2 * free))) / gigabyte
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted)
}

/** Gigabytes as the list writes them: `< 0.1`, `16.4`, `142`. */
export function gigabytes(bytes: number): string {
  const value = bytes / gigabyte
  if (value < 0.1) return '< 0.1'
  return value >= 99.95 ? value.toFixed(0) : value.toFixed(1)
}
