import type { Trace } from '#shared/domain/run.ts'
import { count, duration, fixed, moment, speed } from '../../format/numbers.ts'
import { RawBlock } from '../../text/parts.tsx'
import { PrecisionMark } from '../../ui/badge.tsx'
import styles from './panels.module.css'
import type { Pane } from './use-pane.ts'

type Line = readonly [name: string, value: (trace: Trace) => string, title?: string]

const known = (value: number | null, unit: string, digits = 0): string =>
  value === null ? '-' : `${digits === 0 ? count(value) : fixed(value, digits)}${unit === '' ? '' : ` ${unit}`}`
const time = (ms: number | null): string => (ms === null ? '-' : ms < 1000 ? `${count(ms)} ms` : duration(ms / 1000))

const groups: readonly { readonly name: string; readonly lines: readonly Line[] }[] = [
  {
    name: 'Generation',
    lines: [
      ['Ended by', ({ endReason }) => endReason],
      ['Seed', ({ seed }) => String(seed)],
      ['Attempts', ({ attempts }) => count(attempts)],
      ['Prompt', ({ promptTokens }) => known(promptTokens, 'tokens')],
      ['Output', ({ outputTokens }) => known(outputTokens, 'tokens')],
      ['Sampling', ({ fingerprint }) => samplingWords(fingerprint.sampling)],
      ['Started', ({ startedAtMs }) => moment(startedAtMs)],
      ['Splitter', ({ split }) => split.version],
      ['Without log-probability', ({ logprobsMissing }) => known(logprobsMissing, 'tokens')],
    ],
  },
  {
    name: 'Time',
    lines: [
      ['First token', ({ timings }) => time(timings.firstTokenMs)],
      ['Reading the prompt', ({ timings }) => time(timings.promptMs)],
      ['Generating', ({ timings }) => time(timings.generateMs)],
      ['In all', ({ timings }) => time(timings.totalMs)],
      ['Speed', ({ cell }) => (cell.tokensPerSecond === null ? '-' : `${speed(cell.tokensPerSecond)} tokens/s`)],
    ],
  },
  {
    name: 'Configuration',
    lines: [
      ['Engine', ({ fingerprint }) => `${fingerprint.engine} ${fingerprint.engineVersion}`],
      ['Variant', ({ fingerprint }) => shortHash(fingerprint.variantDigest), 'digest'],
      ['Template', ({ fingerprint }) => shortHash(fingerprint.templateHash), 'digest'],
      ['Context', ({ fingerprint }) => known(fingerprint.contextTokens, 'tokens')],
      ['Batch', ({ fingerprint }) => known(fingerprint.batchTokens, 'tokens')],
      ['Threads', ({ fingerprint }) => known(fingerprint.threads, '')],
      [
        'On an accelerator',
        ({ fingerprint: { offloaded } }) => (offloaded === null ? '-' : `${fixed(100 * offloaded, 0)} %`),
      ],
      ['Sent as', ({ fingerprint }) => fingerprint.mode],
      ['Assay', ({ fingerprint }) => fingerprint.assayVersion],
      ['Rendered prompt', ({ renderedHash }) => (renderedHash === null ? '-' : shortHash(renderedHash)), 'digest'],
    ],
  },
]

/** `temperature 0, topP 1, …` from the JSON that the fingerprint keeps. */
const samplingWords = (sampling: string): string =>
  sampling.replaceAll(/[{}"]/g, '').replaceAll(':', ' ').replaceAll(',', ', ')

const shortHash = (hash: string): string => hash.replace(/^sha256:/, '').slice(0, 12)

/** The configuration that the cells side by side really ran with: once where it is the same, else one value a variant. */
export function CellDetails({ panes }: { readonly panes: readonly Pane[] }) {
  const shown = panes.flatMap((pane) => (pane.trace === null ? [] : [{ pane, trace: pane.trace }]))
  if (shown.length === 0) return <p className={styles['caption']}>None of these cells has run.</p>
  return (
    <div
      className={styles['details']}
      role="region"
      aria-label="Configuration of these cells"
      // It scrolls, so it can be reached with the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {groups.map(({ name, lines }) => (
        <section key={name} aria-label={name}>
          <h3>{name}</h3>
          <dl>
            {lines.map(([line, value, title]) => (
              <DetailLine
                key={line}
                name={line}
                title={title}
                values={shown.map(({ pane, trace }) => ({ pane, value: value(trace) }))}
              />
            ))}
          </dl>
        </section>
      ))}
      <RenderedPrompts traces={shown.map(({ trace }) => trace)} />
    </div>
  )
}

function DetailLine({
  name,
  title,
  values,
}: {
  readonly name: string
  readonly title: string | undefined
  readonly values: readonly { readonly pane: Pane; readonly value: string }[]
}) {
  const [first] = values
  const same = values.every(({ value }) => value === first?.value)
  return (
    <div data-same={same || undefined}>
      <dt title={title}>{name}</dt>
      {same ? (
        <dd title={first?.value}>{first?.value}</dd>
      ) : (
        values.map(({ pane, value }) => (
          <dd key={pane.variant.index} title={value}>
            <PrecisionMark name={pane.variant.variant.precision.name} label={pane.name} />
            <span>{value}</span>
          </dd>
        ))
      )}
    </div>
  )
}

/** The exact text that was sent. All variants of a run are sent the same one, but for the chat arm. */
function RenderedPrompts({ traces }: { readonly traces: readonly Trace[] }) {
  const texts = new Set(traces.map(({ renderedPrompt }) => renderedPrompt))
  return (
    <section aria-label="Rendered prompt">
      <h3>Rendered prompt</h3>
      {[...texts].map((text) =>
        text === null ? (
          <p key="none" className="hint">
            Not known: the engine renders the prompt of the chat arm itself.
          </p>
        ) : (
          <RawBlock key={text}>{text}</RawBlock>
        ),
      )}
    </section>
  )
}
