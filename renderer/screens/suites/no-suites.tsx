import { routeHash } from '../../routing/route.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Bones, EmptyState, Region } from '../../ui/region.tsx'
import { SuitesFrame, type SuiteListing } from './suites-frame.tsx'

/** Before there is a suite to read. */
export function NoSuites({ list }: { readonly list: SuiteListing }) {
  return (
    <SuitesFrame title="Suites" list={list} current={null} layout="alone">
      <Region label="No suite">
        {list.status === 'loading' ? (
          <Bones />
        ) : (
          <EmptyState
            what="No suite yet."
            actions={
              <>
                <LinkButton href={routeHash('suites', ['new'])}>Write one</LinkButton>
                <LinkButton href={routeHash('suites', ['import'])}>Import a file</LinkButton>
                <LinkButton href={routeHash('suites', ['generate'])}>Generate one</LinkButton>
              </>
            }
          >
            A suite is a set of prompts with graders that decide whether an answer is right.
          </EmptyState>
        )}
      </Region>
    </SuitesFrame>
  )
}
