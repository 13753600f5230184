import type { Settings } from '#shared/contract/settings-view.ts'
import type { RunDefaults } from '#shared/domain/run-defaults.ts'
import { Segment } from '../../ui/controls.tsx'
import { NumberSetting } from './number-setting.tsx'
import type { SaveSettings } from './settings-screen.tsx'
import styles from './settings.module.css'

/** What New run begins with. Every run still stores its own, fixed before its first cell. */
export function DefaultSettings({ settings, save }: { readonly settings: Settings; readonly save: SaveSettings }) {
  const { runDefaults } = settings
  const change = (changes: Partial<RunDefaults>) => save({ runDefaults: { ...runDefaults, ...changes } })
  const { margin } = runDefaults
  return (
    <section className={styles['group']}>
      <h2>Defaults of a new run</h2>
      <div className={styles['fields']}>
        <NumberSetting
          label="Margin"
          unit="points"
          empty="2"
          value={margin === null ? null : Number((100 * margin).toPrecision(6))}
          range={{ from: 0.1, to: 99, whole: false }}
          onSave={(points) => change({ margin: points === null ? null : Number((points / 100).toPrecision(12)) })}
        />
        <NumberSetting
          label="Context, at most"
          unit="tokens"
          empty="16384"
          value={runDefaults.contextTokens}
          range={{ from: 64, to: 4_194_304, whole: true }}
          onSave={(contextTokens) => change({ contextTokens })}
        />
        <NumberSetting
          label="Token budget of a cell"
          unit="tokens"
          empty="8192"
          value={runDefaults.maxTokens}
          range={{ from: 1, to: 1_048_576, whole: true }}
          onSave={(maxTokens) => change({ maxTokens })}
        />
      </div>
      <div className="row">
        <span className="quiet">Sampling</span>
        <Segment
          label="Sampling settings"
          value={runDefaults.sampling}
          choices={[
            { value: 'greedy', label: 'Greedy' },
            { value: 'deepseek-r1', label: 'DeepSeek’s recommendation' },
          ]}
          onChange={(sampling) => void change({ sampling }).catch(() => {})}
        />
      </div>
      <p className="hint">
        New run begins with them; a model with a smaller context gets less. A run stores its own. The command line does
        not read them: a command means the same on every machine.
      </p>
    </section>
  )
}
