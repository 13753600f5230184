import { useState } from 'react'
import type { Settings } from '#shared/contract/settings-view.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'
import { Field, Segment } from '../../ui/controls.tsx'
import { Bones, ErrorNotice } from '../../ui/region.tsx'
import { DefaultSettings } from './default-settings.tsx'
import { EndpointSettings } from './endpoint-settings.tsx'
import { FolderSettings } from './folder-settings.tsx'
import { NumberSetting } from './number-setting.tsx'
import { classNames } from '../../ui/class-names.ts'
import styles from './settings.module.css'
import { StorageSettings } from './storage-settings.tsx'

export type SettingsPatch = Partial<
  Pick<Settings, 'modelFolders' | 'builtinThreads' | 'reviewer' | 'theme' | 'runDefaults' | 'answers'>
> & {
  readonly endpoints?: readonly { readonly id: string; readonly kind: 'ollama'; readonly url: string }[]
}
/** Saves a change; rejects with the lab's word when it will not do, which is said where the change was made. */
export type SaveSettings = (patch: SettingsPatch) => Promise<void>

export function SettingsScreen() {
  const store = useAppStore()
  const answer = useLab('settings.get', {})
  const settings = dataOf(answer)
  const save: SaveSettings = async (patch) => {
    try {
      await store.lab['settings.set'](patch as Parameters<(typeof store.lab)['settings.set']>[0])
    } finally {
      store
        .getState()
        .invalidate((name) => name === 'settings.get' || name === 'engines.status' || name === 'variants.list')
    }
  }
  return (
    <>
      <TopBar title="Settings" />
      <div className={styles['view']}>
        {answer.status === 'failed' && <ErrorNotice error={answer.error} />}
        {settings === null ? (
          <Bones rows={10} />
        ) : (
          <>
            <div className={styles['column']}>
              <Leaves settings={settings} />
              <EndpointSettings settings={settings} save={save} />
              <FolderSettings settings={settings} save={save} />
            </div>
            <div className={styles['column']}>
              <DefaultSettings settings={settings} save={save} />
              <Preferences settings={settings} save={save} />
              <StorageSettings />
            </div>
          </>
        )}
      </div>
    </>
  )
}

function Leaves({ settings }: { readonly settings: Settings }) {
  const hosts = settings.leavesMachine
  return (
    <section className={styles['group']}>
      <h2>What leaves this machine</h2>
      {hosts.length === 0 ? (
        <p>Nothing. Every engine is on this machine, and Assay talks to nothing else: no telemetry, no update check.</p>
      ) : (
        <p>
          Prompts, and models you pull or register, go to <b>{hosts.join(', ')}</b>, because you named it as an engine.
          Nothing goes anywhere else.
        </p>
      )}
    </section>
  )
}

function Preferences({ settings, save }: { readonly settings: Settings; readonly save: SaveSettings }) {
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const change = (patch: SettingsPatch) => {
    setProblem(null)
    save(patch).catch((error: unknown) => setProblem(pageError(error)))
  }
  return (
    <section className={styles['group']}>
      <h2>Preferences</h2>
      <div className={classNames('row', styles['choice'])}>
        <span className="quiet">Theme</span>
        <Segment
          label="Theme"
          value={settings.theme}
          choices={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(theme) => change({ theme })}
        />
      </div>
      <div className={classNames('row', styles['choice'])}>
        <span className="quiet">Answers</span>
        <Segment
          label="Answers"
          value={settings.answers}
          choices={[
            { value: 'formatted', label: 'Formatted' },
            { value: 'written', label: 'As written' },
          ]}
          onChange={(answers) => change({ answers })}
        />
        <span className="hint">Where marks lie on an answer it stays as it was written.</span>
      </div>
      <div className={styles['name']}>
        <Field label="Your name in the review log" hint="Labels you give carry it. It stays on this machine.">
          {(ids) => (
            <input
              {...ids}
              defaultValue={settings.reviewer}
              maxLength={100}
              onBlur={({ target }) => {
                if (target.value.trim() !== settings.reviewer) change({ reviewer: target.value.trim() })
              }}
            />
          )}
        </Field>
      </div>
      <NumberSetting
        label="Threads of the built-in engine"
        hint="One is exact and, on few cores, often the quickest. More can change the last digits of a text."
        value={settings.builtinThreads}
        range={{ from: 1, to: settings.cores, whole: true }}
        onSave={(threads) => save({ builtinThreads: threads ?? 1 })}
      />
      {problem !== null && <ErrorNotice error={problem} />}
    </section>
  )
}
