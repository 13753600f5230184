import type { Divergence } from '#shared/thinking/first-divergence.ts'
import { candidates, marginOver } from '#shared/thinking/first-divergence.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { count, percent } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { PrecisionMark } from '../../ui/badge.tsx'
import { TokenText } from './token-text.tsx'
import styles from './panels.module.css'
import type { Pane } from './use-pane.ts'

/** Where two texts part first, or null where they are the same; `undefined` while one of them is not there. */
export interface Parting {
  readonly left: Pane
  readonly right: Pane
  readonly divergence: Divergence | null | undefined
}

const shownCandidates = 3

/** Where the texts part, and what each variant held likely there. */
export function DivergencePanel({
  partings,
  hasTokens,
}: {
  readonly partings: readonly Parting[]
  readonly hasTokens: boolean
}) {
  return (
    <section className={styles['divergences']} aria-label="First divergence">
      {partings.map((parting) => (
        <OneParting key={parting.right.variant.index} parting={parting} hasTokens={hasTokens} />
      ))}
      {partings.length === 0 && <p className="hint">Two variants are needed to see where they part.</p>}
    </section>
  )
}

function OneParting({ parting, hasTokens }: { readonly parting: Parting; readonly hasTokens: boolean }) {
  const { left, right, divergence } = parting
  return (
    <div className={styles['parting']}>
      <div className={styles['partinghead']}>
        <h2>First divergence</h2>
        <span className="hint">{headWords(parting)}</span>
      </div>
      {divergence === null && (
        <p className={styles['caption']}>
          {left.name} and {right.name} wrote the same text, byte for byte.
        </p>
      )}
      {divergence != null && <BothSides parting={parting} divergence={divergence} />}
      {!hasTokens && divergence != null && <NoTokens />}
    </div>
  )
}

function headWords({ divergence }: Parting): string {
  if (divergence === undefined) return ''
  if (divergence === null) return 'none'
  return divergence.token === null ? 'by word' : `token ${count(divergence.token + 1)}`
}

function BothSides({ parting, divergence }: { readonly parting: Parting; readonly divergence: Divergence }) {
  const { left, right } = parting
  const at = divergence.token
  const [own, other] = [at === null ? undefined : left.tokens?.[at], at === null ? undefined : right.tokens?.[at]]
  return (
    <>
      <Side
        pane={left}
        own={own}
        other={other}
        word={left.trace?.raw.slice(divergence.left.start, divergence.left.end)}
      />
      <Side
        pane={right}
        own={other}
        other={own}
        word={right.trace?.raw.slice(divergence.right.start, divergence.right.end)}
      />
      {at !== null && <p className={styles['caption']}>{summary(at, own, other)}</p>}
    </>
  )
}

interface SideProps {
  readonly pane: Pane
  readonly own: TokenRecord | undefined
  readonly other: TokenRecord | undefined
  readonly word: string | undefined
}

function Side({ pane, own, other, word }: SideProps) {
  const margin = own === undefined || other === undefined ? null : marginOver(own, other)
  const all = own === undefined ? [] : candidates(own)
  const widest = Math.max(...all.map(({ probability }) => probability ?? 0), 1e-9)
  return (
    <div className={styles['side']} data-p={pane.variant.variant.precision.name.replace(' (simulated)', '')}>
      <div className="row">
        <PrecisionMark name={pane.variant.variant.precision.name} label={pane.name} />
        {own !== undefined && other !== undefined && (
          <span className="hint end" title={marginTitle(margin)}>
            margin {margin === null ? '-' : `${margin > 0 ? '+' : ''}${percent(margin)} points`}
          </span>
        )}
      </div>
      {all.length === 0 &&
        (word === '' ? <span className="hint">ends here</span> : <TokenText text={word ?? ''} strong />)}
      {all.slice(0, shownCandidates).map(({ text, id, probability, chosen }, index) => (
        <div key={`${id ?? ''} ${text} ${index}`} className={styles['candidate']} data-chosen={chosen || undefined}>
          <TokenText text={text} strong={chosen} />
          <span className={styles['bar']} aria-hidden="true">
            <i style={{ width: `${(100 * (probability ?? 0)) / Math.max(1, widest)}%` }} />
          </span>
          <span className="num">{probability === null ? '-' : `${percent(probability)} %`}</span>
        </div>
      ))}
    </div>
  )
}

const marginTitle = (margin: number | null): string =>
  margin === null
    ? 'The other variant’s token is not among the alternatives that were stored here.'
    : 'Probability of its own token minus that of the other variant’s.'

/** What the two lists say together. */
function summary(at: number, own: TokenRecord | undefined, other: TokenRecord | undefined): string {
  const same = `${count(at)} ${at === 1 ? 'token is' : 'tokens are'} the same.`
  if (own === undefined || other === undefined) return `${same} Then one of the two ends.`
  const [left, right] = [candidates(own), candidates(other)].map((all) => all.slice(0, 2).map(({ text }) => text))
  if (left === undefined || right === undefined || left.length < 2 || right.length < 2) return same
  if (left[0] === right[1] && left[1] === right[0]) {
    return `${same} Both variants rank the same two candidates first; the order changes.`
  }
  return left[0] === right[0] ? `${same} Both rank the same token first; one of them sampled another.` : same
}

/** Why there are no probabilities, and how to get them next time. */
export function NoTokens() {
  return (
    <p className={styles['caption']}>
      This run stored no log-probabilities. A <a href={routeHash('runs', ['new'])}>new run</a> with alternatives a token
      set (command line: <code>--alternatives 5</code>) keeps them.
    </p>
  )
}
