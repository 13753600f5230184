import type { MemoryFit } from '#shared/domain/variant.ts'

const gigabyte = 1e9
const small = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
const steps = [...small, 1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024]

/**
 * Gigabytes that all bars of a list are drawn against: round, and at least the machine's memory, so that it does not change
 * with what happens to be free. What needs more than twice that goes off the scale rather than making all others small. Where
 * all need so little that nothing would be seen of them, the scale is theirs.
 * `machineBytes`: 0 where it is not known.
 */
export function memoryScale(fits: readonly MemoryFit[], machineBytes: number): number {
  const most = Math.max(0, ...fits.map(({ totalBytes }) => totalBytes))
  const theirs = machineBytes === 0 || (most > 0 && most < machineBytes / 8)
  const wanted = (theirs ? most : Math.max(machineBytes, Math.min(most, 2 * machineBytes))) / gigabyte || 1
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted)
}

/** `32 GB`, `20 MB`: the end of a scale. */
export const scaleText = (gigabytes: number): string =>
  gigabytes < 1 ? `${Math.round(1000 * gigabytes)} MB` : `${gigabytes} GB`

/** Gigabytes as the list writes them: `< 0.1`, `16.4`, `142`. */
export function gigabytes(bytes: number): string {
  const value = bytes / gigabyte
  if (value < 0.1) return '< 0.1'
  return value >= 99.95 ? value.toFixed(0) : value.toFixed(1)
}
