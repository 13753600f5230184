import { arms, type Arm } from '#shared/domain/engine.ts'
import { Checkbox } from '../../../ui/controls.tsx'
import { writeList } from './draft-lists.ts'
import { NumberInput } from './number-input.tsx'
import type { Draft } from './run-draft.ts'
import type { Change } from './run-setup.tsx'
import styles from './setup.module.css'

const armHints: Readonly<Record<Arm, string>> = {
  natural: 'as the model’s template asks',
  forced: 'thinking is opened for it',
  suppressed: 'an empty thinking is put first',
  chat: 'what an app would see',
}

/** How thinking is asked for, and how often each prompt is put. */
export function AskedFields({ draft, onChange }: { readonly draft: Draft; readonly onChange: Change }) {
  const toggle = (arm: Arm, on: boolean) => {
    const next = arms.filter((other) => (other === arm ? on : draft.arms.includes(other)))
    onChange({ arms: next.join() === 'natural' ? undefined : writeList(next) })
  }
  return (
    <section className={styles['section']} aria-label="Arms and samples">
      <h2>
        Arms <span className="hint">how thinking is asked for; each is a generation of its own</span>
      </h2>
      <div className={styles['row']}>
        {arms.map((arm) => (
          <Checkbox
            key={arm}
            checked={draft.arms.includes(arm)}
            disabled={draft.arms.length === 1 && draft.arms[0] === arm}
            onChange={(on) => toggle(arm, on)}
          >
            {arm} <span className="hint">{armHints[arm]}</span>
          </Checkbox>
        ))}
      </div>
      <div className={styles['fields']}>
        <NumberInput
          name="samples"
          hint={
            draft.sampling === 'greedy' && draft.fields.samples !== '1'
              ? 'Greedy samples are all alike: one is enough.'
              : 'Sample k uses the seed plus k, the same for every variant.'
          }
          draft={draft}
          onChange={onChange}
        />
        <NumberInput
          name="margin"
          unit="points"
          hint="The largest loss in accuracy that is acceptable. Fixed before the first cell."
          draft={draft}
          onChange={onChange}
        />
      </div>
    </section>
  )
}
