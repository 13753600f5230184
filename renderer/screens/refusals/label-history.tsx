import type { LabelRecord } from '#shared/domain/label.ts'
import { moment } from '../../format/numbers.ts'
import { PartHead } from '../../text/parts.tsx'
import { LabelTile } from '../../ui/badge.tsx'
import styles from './detail.module.css'
import { versionWords, wordsOfRule } from './rule-words.ts'

/** Everything that was ever said of a cell, newest first. Nothing in it is changed or removed. */
export function LabelHistory({ history }: { readonly history: readonly LabelRecord[] }) {
  return (
    <>
      <PartHead name="History">
        <span>
          {history.length} {history.length === 1 ? 'line' : 'lines'}, only ever added to
        </span>
      </PartHead>
      <ol className={styles['history']}>
        {history.toReversed().map((line) => (
          <li key={line.id}>
            {line.source === 'person' && line.outcome === 'none' ? (
              <span>label taken back</span>
            ) : (
              <LabelTile outcome={line.outcome} />
            )}
            <span>{line.source === 'person' ? <b>{line.by}</b> : versionWords(line.by)}</span>
            <time className="hint end" dateTime={new Date(line.atMs).toISOString()}>
              {moment(line.atMs)}
            </time>
            {grounds(line) !== null && <p>{grounds(line)}</p>}
          </li>
        ))}
      </ol>
    </>
  )
}

const grounds = ({ reason, judgement }: LabelRecord): string | null =>
  reason ?? (judgement === null ? null : wordsOfRule(judgement.rule))
