import type { ReactNode } from 'react'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Grader } from '#shared/domain/suite.ts'
import styles from './suites.module.css'

/** What decides whether an answer is right, in words. */
export function GraderFacts({ grader }: { readonly grader: Grader | undefined }) {
  if (grader === undefined) return <p className="quiet">None: its answers are kept and read, and not graded.</p>
  return (
    <>
      <p className="quiet">
        <b>{grader.kind}</b>, {meaning(grader)}
      </p>
      <dl className={styles['facts']}>
        {rowsOf(grader).map(([name, value]) => (
          <Row key={name} name={name}>
            {value}
          </Row>
        ))}
      </dl>
    </>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code className={styles['exact']}>{children}</code>
      </dd>
    </>
  )
}

function meaning(grader: Grader): string {
  switch (grader.kind) {
    case 'exact':
      return `the whole answer equals the text, white space folded, ${caseWords(grader.ignoreCase)}`
    case 'number':
      return 'the last number of the answer is the one expected'
    case 'choice':
      return 'the answer names this letter or option'
    case 'contains':
      return `texts that have to occur in the answer, or must not, ${caseWords(grader.ignoreCase)}`
    case 'regex':
      return grader.negate ? 'this pattern must not be found in the answer' : 'this pattern is found in the answer'
    case 'json-schema':
      return 'the answer, or its last fenced block, is JSON that satisfies the schema'
    case 'boxed':
      return 'the last \\boxed{} of the answer is mathematically equal'
    case 'judge':
      return 'another local model decides, after all answers are there'
    default:
      return assertNever(grader)
  }
}

const caseWords = (ignored: boolean): string => (ignored ? 'case ignored' : 'case counts')

type Rows = readonly (readonly [name: string, value: string])[]

function rowsOf(grader: Grader): Rows {
  switch (grader.kind) {
    case 'exact':
      return [['expected', [grader.expected].flat().join('\nor ')]]
    case 'number':
      return [
        ['expected', String(grader.expected)],
        ...optional('tolerance', grader.tolerance > 0 ? `± ${grader.tolerance}` : null),
        ...optional('relative', grader.relativeTolerance > 0 ? `± ${grader.relativeTolerance * 100} %` : null),
      ]
    case 'choice':
      return [['expected', grader.expected], ...optional('options', grader.options?.join('\n') ?? null)]
    case 'contains':
      return [
        ...optional('all of', grader.all?.join('\n') ?? null),
        ...optional('any of', grader.any?.join('\n') ?? null),
        ...optional('none of', grader.none?.join('\n') ?? null),
      ]
    case 'regex':
      return [['pattern', grader.pattern], ...optional('flags', grader.flags === '' ? null : grader.flags)]
    case 'json-schema':
      return [['schema', JSON.stringify(grader.schema, null, 2)]]
    case 'boxed':
      return [['expected', grader.expected]]
    case 'judge':
      return [['criterion', grader.criterion]]
    default:
      return assertNever(grader)
  }
}

const optional = (name: string, value: string | null): Rows => (value === null ? [] : [[name, value]])
