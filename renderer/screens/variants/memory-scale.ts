import type { MemoryFit } from '#shared/domain/variant.ts'

const gigabyte = 1e9
const steps = [1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024]

/**
 * Gigabytes that all bars of a list are drawn against: round, and at least the machine's memory, so that it does not change
 * with what happens to be free. What needs more than twice that goes off the scale rather than making all others small.
 * `machineBytes`: 0 where it is not known.
 */
export function memoryScale(fits: readonly MemoryFit[], machineBytes: number): number {
  const most = Math.max(0, ...fits.map(({ totalBytes }) => totalBytes))
  const wanted = (machineBytes === 0 ? most : Math.max(machineBytes, Math.min(most, 2 * machineBytes))) / gigabyte
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted)
}

/** Gigabytes as the list writes them: `< 0.1`, `16.4`, `142`. */
export function gigabytes(bytes: number): string {
  const value = bytes / gigabyte
  if (value < 0.1) return '< 0.1'
  return value >= 99.95 ? value.toFixed(0) : value.toFixed(1)
}
