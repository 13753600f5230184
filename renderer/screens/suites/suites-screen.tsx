import type { SuiteSummary } from '#shared/domain/suite.ts'
import type { Route } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useApp, useAppStore, useLab } from '../../stores/use-app.ts'
import { SuiteEditor } from './editor/suite-editor.tsx'
import { GenerateView } from './generate-view.tsx'
import { ImportView } from './import/import-view.tsx'
import { NoSuites } from './no-suites.tsx'
import { SuiteReader } from './suite-reader.tsx'
import { findSuite } from './suite-address.ts'

/** Suites and probe packs: read, written, imported, generated. */
export function SuitesScreen({ route }: { readonly route: Route }) {
  const list = useLab('suites.list', {})
  const files = useApp((state) => state.imports)
  const { addImports, dropImport } = useAppStore().getState()
  const [first, second] = route.path
  return (
    <>
      {first === 'new' ? (
        <SuiteEditor key={`new ${route.query['prompt'] ?? ''}`} suite={null} list={list} route={route} />
      ) : first === 'import' ? (
        <ImportView list={list} files={files} onFiles={addImports} onRemove={dropImport} />
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
    </>
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
