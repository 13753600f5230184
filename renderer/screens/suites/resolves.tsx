import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import styles from './suites.module.css'
import { promptsText } from './prompts-text.ts'

/** What so many graded prompts can tell, in one sentence. Nothing where none is graded, and until the lab has said it. */
export function Resolves({ graded }: { readonly graded: number }) {
  const answer = dataOf(useLab('suites.resolvable', graded === 0 ? null : { counts: [graded] }))
  const points = answer?.points[0]
  if (answer === null || points === undefined) return null
  return (
    <p className={styles['resolves']}>
      With {promptsText(graded, 'graded')} you cannot see a loss of less than <b>{points.toFixed(1)} points</b>, if{' '}
      {Math.round(answer.flipRate * 100)} % of them flip.
    </p>
  )
}
