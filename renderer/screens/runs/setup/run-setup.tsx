import { useMemo } from 'react'
import { routeHash, type Route } from '../../../routing/route.ts'
import { refine } from '../../../routing/use-route.ts'
import { TopBar } from '../../../shell/topbar.tsx'
import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { Bones, ErrorNotice, Split } from '../../../ui/region.tsx'
import { AskedFields } from './asked-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { PlanPanel } from './plan-panel.tsx'
import { readDraft } from './run-draft.ts'
import { SamplingFields } from './sampling-fields.tsx'
import styles from './setup.module.css'
import { SuiteChoice } from './suite-choice.tsx'
import { VariantChoice } from './variant-choice.tsx'

/** What a section of the form changes: an absent value means the default again. */
export type Change = (changes: Readonly<Record<string, string | undefined>>) => void

/** Everything that is chosen stands in the address: a link opens the same set-up, and Back is never in the way. */
export function RunSetup({ route }: { readonly route: Route }) {
  const suiteAnswer = useLab('suites.list', {})
  const variantAnswer = useLab('variants.list', {})
  const settingsAnswer = useLab('settings.get', {})
  const settings = dataOf(settingsAnswer)
  const [suites, families] = [dataOf(suiteAnswer), dataOf(variantAnswer)]
  const draft = useMemo(
    () =>
      suites === null || families === null || settings === null
        ? null
        : readDraft(route.query, { suites, families, defaults: settings.runDefaults }),
    [route.query, suites, families, settings],
  )
  const failed = [suiteAnswer, variantAnswer, settingsAnswer].find(({ status }) => status === 'failed')
  return (
    <>
      <TopBar path={[{ label: 'Runs', href: routeHash('runs') }]} title="New run" />
      <div className={styles['view']}>
        {failed?.status === 'failed' && <ErrorNotice error={failed.error} />}
        {draft === null || suites === null || families === null ? (
          failed === undefined && <Bones rows={10} />
        ) : (
          <Split className={styles['setup']}>
            <div className={styles['choices']}>
              <SuiteChoice suites={suites} draft={draft} onChange={refine} />
              <VariantChoice families={families} draft={draft} onChange={refine} />
              <AskedFields draft={draft} onChange={refine} />
              <SamplingFields draft={draft} onChange={refine} />
              <LimitFields draft={draft} families={families} query={route.query} onChange={refine} />
            </div>
            <PlanPanel draft={draft} onChange={refine} />
          </Split>
        )}
      </div>
    </>
  )
}
