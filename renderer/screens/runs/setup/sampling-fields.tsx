import { samplingPresets } from '#shared/domain/words.ts'
import { Segment } from '../../../ui/controls.tsx'
import { NumberInput } from './number-input.tsx'
import type { Draft, SamplingChoice } from './run-draft.ts'
import type { Change } from './run-setup.tsx'
import styles from './setup.module.css'

const recommended = samplingPresets['deepseek-r1']
const said: Readonly<Record<SamplingChoice, string>> = {
  greedy: 'Temperature 0: always the most likely token. It measures the weights alone.',
  'deepseek-r1': `Temperature ${recommended.temperature}, top-p ${recommended.topP}: what DeepSeek recommends for R1. Take several samples.`,
  own: 'Your own settings, equal for all variants.',
}

/** How tokens are chosen: the same for every variant. */
export function SamplingFields({ draft, onChange }: { readonly draft: Draft; readonly onChange: Change }) {
  const choose = (sampling: SamplingChoice) => {
    const preset = samplingPresets[draft.sampling === 'own' ? 'greedy' : draft.sampling]
    // One's own settings begin with those of the preset that was chosen.
    const own = sampling === 'own' ? preset : null
    onChange({
      sampling,
      temperature: own === null ? undefined : String(own.temperature),
      topP: own === null ? undefined : String(own.topP),
      topK: undefined,
      minP: undefined,
      repeatPenalty: undefined,
    })
  }
  return (
    <section className={styles['section']} aria-label="Sampling">
      <h2>
        Sampling
        <Segment
          label="Sampling settings"
          value={draft.sampling}
          onChange={choose}
          choices={[
            { value: 'greedy', label: 'Greedy' },
            { value: 'deepseek-r1', label: 'DeepSeek’s recommendation' },
            { value: 'own', label: 'Own' },
          ]}
        />
        <span className="hint">{said[draft.sampling]}</span>
      </h2>
      <div className={styles['fields']}>
        {draft.sampling === 'own' && (
          <>
            <NumberInput name="temperature" hint="0 is greedy." draft={draft} onChange={onChange} />
            <NumberInput name="topP" draft={draft} onChange={onChange} />
            <NumberInput name="topK" hint="0 keeps all." draft={draft} onChange={onChange} />
            <NumberInput name="minP" draft={draft} onChange={onChange} />
            <NumberInput name="repeatPenalty" hint="1 is none." draft={draft} onChange={onChange} />
          </>
        )}
        <NumberInput name="seed" draft={draft} onChange={onChange} />
      </div>
    </section>
  )
}
