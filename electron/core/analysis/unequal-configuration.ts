import type { Fingerprint } from '#shared/domain/trace.ts'

const properties: readonly (readonly [name: string, of: (ran: Fingerprint) => string | number | null])[] = [
  ['engine', ({ engine, engineVersion }) => `${engine} ${engineVersion}`],
  ['context length', ({ contextTokens }) => contextTokens],
  ['batch size', ({ batchTokens }) => batchTokens],
  ['threads', ({ threads }) => threads],
  // Kernels differ between a processor and an accelerator; a rounding of the share itself does not matter.
  ['share on an accelerator', ({ offloaded }) => (offloaded === null ? null : Math.round(100 * offloaded))],
]

/** Says what else differed between the variants than their weights, or null. What an engine does not tell is not compared. */
export function unequalConfiguration(ran: readonly Fingerprint[]): string | null {
  const unequal = properties
    .filter(([, of]) => new Set(ran.map(of).filter((value) => value !== null)).size > 1)
    .map(([name]) => name)
  if (unequal.length === 0) return null
  const list = new Intl.ListFormat('en').format(unequal)
  return `Not all variants ran with the same ${list}: what differs between them is not of the weights alone.`
}
