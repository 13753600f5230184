import type { FitVerdict, MemoryFit } from '#shared/domain/variant.ts'
import { bytes, count } from '../../format/numbers.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { gigabytes } from './memory-scale.ts'
import styles from './memory.module.css'

const sizeText = (size: number) => `${bytes(size).figure} ${bytes(size).unit}`

/** From the one to be glad of to the one that nobody knows. */
export const fitRanks: readonly FitVerdict[] = ['fits', 'tight', 'does-not-fit', 'unknown']

/** What a variant needs, in words. */
function fitText(fit: MemoryFit): string {
  const { contextTokens, totalBytes, freeBytes, weightsBytes, kvCacheBytes, computeBytes, note } = fit
  const free = freeBytes === 0 ? '' : `, of ${sizeText(freeBytes)} free`
  const parts = `weights ${sizeText(weightsBytes)}, KV cache ${sizeText(kvCacheBytes)}, overhead ${sizeText(computeBytes)}`
  return `Needs about ${sizeText(totalBytes)} at ${count(contextTokens)} tokens of context${free}: ${parts}. ${note ?? ''}`.trim()
}

/** Weights, KV cache and overhead against free memory, on a scale that all bars of the list share. */
export function FitBar({ fit, scaleGigabytes }: { readonly fit: MemoryFit; readonly scaleGigabytes: number }) {
  const share = (size: number) => `${Math.min(100, (100 * size) / (scaleGigabytes * 1e9))}%`
  const over = fit.verdict === 'does-not-fit'
  const beyond = fit.totalBytes > scaleGigabytes * 1e9
  return (
    <span className={styles['fit']} role="img" aria-label={fitText(fit)} title={fitText(fit)}>
      <span className={styles['parts']}>
        <i data-part="weights" data-over={over || undefined} style={{ width: share(fit.weightsBytes) }} />
        <i data-part="cache" style={{ width: share(fit.kvCacheBytes) }} />
        <i data-part="overhead" style={{ width: share(fit.computeBytes) }} />
      </span>
      {fit.freeBytes > 0 && fit.freeBytes <= scaleGigabytes * 1e9 && (
        <i className={styles['free']} style={{ insetInlineStart: share(fit.freeBytes) }} />
      )}
      {beyond && <i className={styles['beyond']}>›</i>}
    </span>
  )
}

const verdicts: Readonly<Record<FitVerdict, readonly [tone: Tone, words: string]>> = {
  fits: ['plain', 'fits'],
  tight: ['warn', 'tight'],
  'does-not-fit': ['bad', 'does not fit'],
  unknown: ['plain', '-'],
}

export const fitWords = (verdict: FitVerdict): string => verdicts[verdict][1]

export function FitBadge({ fit }: { readonly fit: MemoryFit }) {
  const [tone, words] = verdicts[fit.verdict]
  if (fit.verdict === 'unknown') return <span title={fit.note ?? 'It is not known whether it fits.'}>{words}</span>
  return (
    <Badge tone={tone} title={fitText(fit)}>
      {words}
    </Badge>
  )
}

/** What the parts of a bar mean. */
export function FitLegend({ freeBytes }: { readonly freeBytes: number }) {
  return (
    <span className={styles['legend']}>
      <span>
        <i data-part="weights" /> weights
      </span>
      <span>
        <i data-part="cache" /> KV cache
      </span>
      <span>
        <i data-part="overhead" /> overhead
      </span>
      {freeBytes > 0 && (
        <span>
          <i data-part="free" /> free, {gigabytes(freeBytes)} GB
        </span>
      )}
    </span>
  )
}
