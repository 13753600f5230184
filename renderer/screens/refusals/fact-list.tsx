import type { FactState, ProbeFact } from '#shared/contract/refusal-views.ts'
import { PartHead } from '../../text/parts.tsx'
import styles from './detail.module.css'

const stateWords: Readonly<Record<FactState, string>> = {
  stated: 'stated',
  denied: 'denied',
  echo: 'only repeated from the question',
  missing: 'missing',
}

/** What an answer was searched for, and where it was found. */
export function FactList({ facts, minCore }: { readonly facts: readonly ProbeFact[]; readonly minCore: number }) {
  return (
    <>
      <PartHead name="Facts looked for">
        <span>
          {minCore} core {minCore === 1 ? 'fact makes' : 'facts make'} an answer
        </span>
      </PartHead>
      <table className={styles['facts']}>
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">Thinking</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ id, core, patterns, thinking, answer }) => (
            <tr key={id}>
              <th scope="row" title={patterns.join('\n')}>
                <span className="mono">{patterns.map(readablePattern).join(' | ')}</span>
                {core && <small> core</small>}
              </th>
              <td data-state={thinking}>{stateWords[thinking]}</td>
              <td data-state={answer}>{stateWords[answer]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** A pattern as people read it; the whole pattern is one hover away. */
export const readablePattern = (pattern: string): string =>
  pattern.replace(/\\s[+*]/g, ' ').replace(/\\([.$^()[\]{}+*?|/-])/g, '$1')
