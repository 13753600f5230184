import { dataOf } from '../../../stores/loadable.ts'
import { useLab } from '../../../stores/use-app.ts'
import { routeHash, type Route } from '../../../routing/route.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { Bones, ErrorNotice, Region } from '../../../ui/region.tsx'
import { findSuite } from '../suite-address.ts'
import { SuitesFrame, type SuiteListing } from '../suites-frame.tsx'
import { EditorView } from './editor-view.tsx'
import { newSuiteText } from './new-suite-text.ts'

interface EditorProps {
  /** A digest, or what an address says; null for a suite that is to be. */
  readonly suite: string | null
  readonly list: SuiteListing
  readonly route: Route
}

/** The editor, once the text is there that it begins with. */
export function SuiteEditor({ suite, list, route }: EditorProps) {
  const details = useLab('suites.describe', suite === null ? null : { suite })
  const source = useLab('suites.source', suite === null ? null : { suite })
  const suites = dataOf(list)
  const failed = [details, source].find((answer) => answer.status === 'failed')
  const [text, about] = [dataOf(source), dataOf(details)]
  if (suites !== null && suite === null) {
    const prompt = route.query['prompt'] ?? null
    return (
      <EditorView
        list={list}
        route={route}
        original={null}
        start={{ text: newSuiteText(prompt, suites), format: 'yaml', prompt }}
      />
    )
  }
  if (text !== null && about !== null) {
    return (
      <EditorView
        list={list}
        route={route}
        original={about.summary}
        start={{ ...text, text: unixLines(text.text), prompt: null }}
      />
    )
  }
  const known = findSuite(suites, suite)
  return (
    <SuitesFrame
      path={[{ label: 'Suites', href: routeHash('suites') }]}
      title={known?.name ?? 'Edit'}
      list={list}
      current={known?.hash ?? null}
      layout="alone"
    >
      <Region label="Editor">
        {failed?.status === 'failed' ? (
          <ErrorNotice
            error={failed.error}
            actions={
              <LinkButton size="small" href={routeHash('suites', suite === null ? [] : [suite])}>
                Back
              </LinkButton>
            }
          />
        ) : (
          <Bones rows={12} />
        )}
      </Region>
    </SuitesFrame>
  )
}

/** A textarea knows no other line ends; with them a text would count as changed before it is. */
const unixLines = (text: string): string => text.replace(/\r\n?/g, '\n')
