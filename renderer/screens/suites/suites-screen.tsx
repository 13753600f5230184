import { useState } from 'react'
import type { SuiteSummary } from '#shared/domain/suite.ts'
import type { Route } from '../../routing/route.ts'
import { go } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { SuiteEditor } from './editor/suite-editor.tsx'
import { FileDrop } from './file-drop.tsx'
import { GenerateView } from './generate-view.tsx'
import { ImportView } from './import/import-view.tsx'
import { NoSuites } from './no-suites.tsx'
import { SuiteReader } from './suite-reader.tsx'
import { findSuite } from './suite-address.ts'

/** Suites and probe packs: read, written, imported, generated. Files can be dropped anywhere on it. */
export function SuitesScreen({ route }: { readonly route: Route }) {
  const list = useLab('suites.list', {})
  const [files, setFiles] = useState<readonly File[]>([])
  const take = (added: readonly File[]) => {
    setFiles((before) => [...before, ...added])
    go('suites', ['import'])
  }
  const [first, second] = route.path
  const drop = (file: File) => setFiles((before) => before.filter((other) => other !== file))
  return (
    <FileDrop onFiles={take}>
      {first === 'new' ? (
        <SuiteEditor key={`new ${route.query['prompt'] ?? ''}`} suite={null} list={list} route={route} />
      ) : first === 'import' ? (
        <ImportView list={list} files={files} onFiles={take} onRemove={drop} />
      ) : first === 'generate' ? (
        <GenerateView list={list} route={route} />
      ) : (
        <OneSuite suites={dataOf(list)} wanted={first ?? null}>
          {(suite) =>
            suite === null ? (
              <NoSuites list={list} />
            ) : second === 'edit' ? (
              <SuiteEditor key={suite} suite={suite} list={list} route={route} />
            ) : (
              <SuiteReader key={suite} suite={suite} list={list} route={route} />
            )
          }
        </OneSuite>
      )}
    </FileDrop>
  )
}

/** The suite an address means: a digest, its beginning, or a name; without one the first of the list. */
function OneSuite({
  suites,
  wanted,
  children,
}: {
  readonly suites: readonly SuiteSummary[] | null
  readonly wanted: string | null
  readonly children: (suite: string | null) => React.ReactNode
}) {
  // What the list does not know may still be in the store, hidden: the lab is asked with the words of the address.
  return children(findSuite(suites, wanted)?.hash ?? wanted ?? suites?.[0]?.hash ?? null)
}
