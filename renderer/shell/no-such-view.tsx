import { places, routeHash } from '../routing/route.ts'
import { LinkButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/region.tsx'
import { placeNames } from '../actions/actions.ts'
import { TopBar } from './topbar.tsx'

/** An address that names no screen: said, not answered with another one. */
export function NoSuchView({ name }: { readonly name: string }) {
  return (
    <>
      <TopBar title="No such view" />
      <div>
        <EmptyState
          what={`There is no view named “${name}”.`}
          actions={places.map((place) => (
            <LinkButton key={place} href={routeHash(place)}>
              {placeNames[place]}
            </LinkButton>
          ))}
        >
          The address may have been cut when it was copied. These are the views there are.
        </EmptyState>
      </div>
    </>
  )
}
