import type { ReactNode } from 'react'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import { TopBar, type Crumb } from '../../shell/topbar.tsx'
import type { Loadable } from '../../stores/loadable.ts'
import { Split } from '../../ui/region.tsx'
import { classNames } from '../../ui/class-names.ts'
import { SuiteList } from './suite-list.tsx'
import styles from './suites.module.css'

export type SuiteListing = Loadable<readonly SuiteSummary[]>

/** What every view of the screen has: the bar on top and the list at the side. */
export function SuitesFrame({
  path,
  title,
  actions,
  list,
  current,
  layout,
  children,
}: {
  readonly path?: readonly Crumb[]
  readonly title: string
  readonly actions?: ReactNode
  readonly list: SuiteListing
  /** Digest of the suite that is shown; null where none is. */
  readonly current: string | null
  readonly layout: 'reading' | 'editing' | 'making' | 'alone'
  readonly children: ReactNode
}) {
  return (
    <>
      <TopBar {...(path && { path })} title={title} actions={actions} />
      <div className={styles['view']}>
        <Split className={classNames(styles['split'], styles[layout])}>
          <SuiteList list={list} current={current} />
          {children}
        </Split>
      </div>
    </>
  )
}
