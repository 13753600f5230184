import type { PromptView } from '#shared/contract/views.ts'
import { bytesText, countText } from '#shared/domain/figures.ts'
import type { RunVariant } from '#shared/domain/run.ts'
import { EmptyState, Region } from '../../ui/region.tsx'
import { HiddenWhileBlind } from './flip-quad.tsx'
import type { OnePrompt } from './prompt-screen.tsx'
import styles from './prompt.module.css'
import { nameOf } from './shown-variants.ts'

type PromptCell = PromptView['cells'][number]

interface Setting {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** The configuration that both cells really ran with; what differs comes first. */
export function PromptConfiguration({ comparison, view, shown, variant, choice }: OnePrompt) {
  const settings = settingsOf(comparison.variants, view, comparison.reference, variant)
  const differing = settings.filter(({ before, after }) => before !== after)
  const same = settings.filter(({ before, after }) => before === after)
  return (
    <Region title="As run" hint="differences first" line flush>
      {choice.blind ? (
        <HiddenWhileBlind what="The configuration" />
      ) : settings.length === 0 ? (
        <EmptyState what="Not known yet.">The configuration is stored with a cell when it has run.</EmptyState>
      ) : (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr">Setting</span>
              </th>
              <th scope="col" title={nameOf(shown, comparison.reference).name}>
                {nameOf(shown, comparison.reference).brief}
              </th>
              <th scope="col" title={nameOf(shown, variant).name}>
                {nameOf(shown, variant).brief}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...differing, ...same].map(({ name, before, after }) => (
              <tr key={name}>
                <th scope="row" className="quiet">
                  {name}
                </th>
                <td className={styles['setting']} title={before}>
                  {before}
                </td>
                <td className={styles['setting']} title={after}>
                  {before === after ? <span className="unit">same</span> : after}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Region>
  )
}

function settingsOf(
  variants: readonly { readonly index: number; readonly runVariant: RunVariant }[],
  { cells }: PromptView,
  reference: number,
  variant: number,
): readonly Setting[] {
  const describe = (index: number) => {
    const runVariant = variants.find((each) => each.index === index)?.runVariant
    const cell = cells.find((each) => each.variantIndex === index)
    return runVariant === undefined || cell === undefined ? null : describeCell(runVariant, cell)
  }
  const [before, after] = [describe(reference), describe(variant)]
  if (before === null || after === null) return []
  return Object.keys(before).map((name) => ({ name, before: before[name] ?? '-', after: after[name] ?? '-' }))
}

function describeCell({ variant }: RunVariant, cell: PromptCell): Readonly<Record<string, string>> {
  const { fingerprint: ran, promptTokens } = cell
  return {
    digest: short(variant.digest),
    'bits per weight': variant.precision.bitsPerWeight?.toFixed(2) ?? '-',
    file: bytesText(variant.sizeBytes),
    ...(ran === null
      ? {}
      : {
          engine: ran.engine,
          version: ran.engineVersion,
          template: short(ran.templateHash),
          context: ran.contextTokens === null ? '-' : `${countText(ran.contextTokens)} tokens`,
          batch: ran.batchTokens === null ? 'as the engine chose' : `${countText(ran.batchTokens)} tokens`,
          threads: ran.threads === null ? 'as the engine chose' : String(ran.threads),
          'on an accelerator': ran.offloaded === null ? '-' : `${Math.round(100 * ran.offloaded)} %`,
          mode: ran.mode,
          sampling: samplingWords(ran.sampling),
          Assay: ran.assayVersion,
        }),
    'prompt tokens': promptTokens === null ? '-' : countText(promptTokens),
  }
}

const short = (digest: string): string => digest.replace('sha256:', '').slice(0, 12)

/** Stored as JSON; a text that is not is shown as it is. */
function samplingWords(text: string): string {
  try {
    const sampling = JSON.parse(text) as Record<string, unknown>
    return Object.entries(sampling)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ')
  } catch {
    return text
  }
}
