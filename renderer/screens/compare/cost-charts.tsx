import type { MemoryFit } from '#shared/domain/variant.ts'
import type { Run } from '#shared/domain/run.ts'
import { bytesText, countText, measuredText } from '#shared/domain/figures.ts'
import { BarRows, type BarRow } from '../../charts/bar-rows.tsx'
import { measuredCell } from '../../charts/table-cells.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { Bones, EmptyState, ErrorNotice, Region } from '../../ui/region.tsx'
import { CompareFrame, measuredHint, type ChartsProps } from './compare-charts.tsx'
import { HiddenWhileBlind } from './flip-quad.tsx'
import { nameOf } from './shown-variants.ts'

export function SpeedRegion({ variants, shown, choice }: ChartsProps) {
  const rows = variants.map(({ index, tokensPerSecond }): BarRow => ({
    ...nameOf(shown, index),
    value: tokensPerSecond?.value ?? null,
    interval: tokensPerSecond?.interval ?? null,
    words: tokensPerSecond === null ? 'the engine did not say' : measuredText(tokensPerSecond),
  }))
  const known = rows.some(({ value }) => value !== null) && !choice.blind
  return (
    <CompareFrame
      name="speed"
      choice={choice}
      title="Speed"
      hint={`warm, ${measuredHint(variants.map(({ tokensPerSecond }) => tokensPerSecond))}`}
      description={
        choice.blind
          ? 'Hidden while blind.'
          : `Tokens a second with 95 % intervals: ${rows.map(({ name, words }) => `${name} ${words}`).join(', ')}.`
      }
      table={
        known
          ? {
              columns: ['Variant', 'n', 'Tokens/s', 'First token, ms', 'Tokens a cell'],
              rows: variants.map(({ index, tokensPerSecond, firstTokenMs, medianTokens }) => [
                nameOf(shown, index).name,
                tokensPerSecond?.n ?? null,
                measuredCell(tokensPerSecond),
                measuredCell(firstTokenMs),
                measuredCell(medianTokens),
              ]),
            }
          : null
      }
    >
      {choice.blind ? (
        <HiddenWhileBlind what="Speed" />
      ) : known ? (
        <BarRows rows={rows} title="tokens a second" format={countText} />
      ) : (
        <EmptyState what="No speeds.">The engine did not say how long it generated.</EmptyState>
      )}
    </CompareFrame>
  )
}

export function MemoryRegion({ run, variants, shown, choice }: ChartsProps & { readonly run: Run }) {
  const { contextTokens } = run.spec
  const ids = variants.map(({ runVariant }) => runVariant.variant.id)
  const answer = useLab('variants.fit', choice.blind ? null : { variants: ids, contextTokens })
  const fits = dataOf(answer)
  const rows = variants.map(({ index }, place): BarRow => ({ ...nameOf(shown, index), ...memoryOf(fits?.[place]) }))
  const known = rows.some(({ value }) => value !== null)
  return (
    <CompareFrame
      name="memory"
      choice={choice}
      title="Memory"
      hint={`estimated, context ${countText(contextTokens)}`}
      description={`Estimated memory: ${rows.map(({ name, words }) => `${name} ${words}`).join(', ')}.`}
      table={
        known
          ? {
              columns: ['Variant', 'Weights', 'KV cache', 'Compute', 'Total, MB'],
              rows: variants.map(({ index }, place) => {
                const fit = fits?.[place]
                const parts = [fit?.weightsBytes, fit?.kvCacheBytes, fit?.computeBytes, fit?.totalBytes]
                return [nameOf(shown, index).name, ...parts.map((bytes) => (bytes === undefined ? null : bytes / 1e6))]
              }),
            }
          : null
      }
    >
      {choice.blind ? (
        <HiddenWhileBlind what="Memory" />
      ) : answer.status === 'failed' ? (
        <ErrorNotice error={answer.error} />
      ) : answer.status === 'loading' ? (
        <Bones rows={4} />
      ) : known ? (
        <BarRows
          rows={rows.map((row) => ({ ...row, value: row.value === null ? null : row.value / 1e6 }))}
          title="weights, KV cache and compute, MB"
          format={countText}
        />
      ) : (
        <EmptyState what="Not known.">
          The variants of this run are not here any more, or their geometry is not known.
        </EmptyState>
      )}
    </CompareFrame>
  )
}

function memoryOf(fit: MemoryFit | undefined): Pick<BarRow, 'value' | 'interval' | 'words'> {
  if (fit === undefined || fit.totalBytes === 0) return { value: null, interval: null, words: 'not known' }
  return { value: fit.totalBytes, interval: null, words: bytesText(fit.totalBytes) }
}

/** Its place is kept: the pass that measures it is not part of a run yet. */
export function DivergenceRegion() {
  return (
    <Region title="Divergence ladder" hint="KLD to the reference" flush>
      <EmptyState what="Teacher-forced pass not run.">
        It would feed every variant the reference&apos;s own tokens and measure how far its distribution lies from the
        reference&apos;s at each. This version does not run that pass; what differs in the answers themselves is in the
        flips.
      </EmptyState>
    </Region>
  )
}
