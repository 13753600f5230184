import { Lock } from 'lucide-react'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { LinkButton } from '../../ui/button.tsx'
import styles from './bench.module.css'

/** What waits for a person, and what leaves this machine. */
export function ReviewNote() {
  const toReview = dataOf(useLab('lab.info', {}))?.toReview ?? 0
  const settings = dataOf(useLab('settings.get', {}))
  const hosts = settings?.leavesMachine ?? []
  return (
    <>
      <section className={styles['section']} aria-label="To review">
        <h2>To review</h2>
        <div className={styles['note']}>
          {toReview > 0 ? (
            <p>
              {toReview} {toReview === 1 ? 'answer waits' : 'answers wait'} for a person’s label: the rules will not
              guess.
            </p>
          ) : (
            <p>
              Answers that the rules cannot label wait here for a person. A probe pack puts sensitive topics and matched
              controls to a model.
            </p>
          )}
          <LinkButton
            size="small"
            href={
              toReview > 0
                ? routeHash('refusals', ['review'])
                : // One variant is enough to see what is withheld; the others are a tick away.
                  routeHash('runs', ['new'], { suite: 'specimen-probes', variants: 'specimen F16' })
            }
          >
            {toReview > 0 ? 'Review' : 'Set up the probe pack'}
          </LinkButton>
        </div>
      </section>
      <section className={styles['section']} aria-label="What leaves this machine">
        <h2>
          <Lock size={14} aria-hidden /> What leaves this machine
        </h2>
        <div className={styles['note']}>
          <p>
            {hosts.length === 0
              ? `Nothing. Engines named: ${settings?.endpoints.map(({ url }) => new URL(url).host).join(', ') ?? '-'}.`
              : `Prompts and models go to ${hosts.join(', ')}, because you named it as an engine. Nothing goes anywhere else.`}
          </p>
        </div>
      </section>
    </>
  )
}
