import { CirclePlay, Play, Square } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Variant } from '#shared/domain/variant.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { routeHash } from '../../routing/route.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { writeList } from '../runs/setup/draft-lists.ts'
import { refName } from './variant-identity.tsx'
import type { ListRow } from './variant-rows.ts'
import styles from './variants.module.css'

interface RowActionsProps {
  readonly row: Extract<ListRow, { kind: 'variant' }>
  readonly selected: string | null
  readonly load: (variant: Variant) => void
  readonly unload: (variant: Variant) => void
}

/** Load or unload, and run. Where the weights lie in several places, a menu asks which one is meant. */
export function RowActions({ row, selected, load, unload }: RowActionsProps) {
  const { variant, places, job } = row
  // Keyboards have a key for it: one stop in the tab order for a list, not one a row.
  const tabIndex = places.some(({ id }) => id === selected) ? 0 : -1
  const act = (place: Variant) => (place.loaded ? unload : load)(place)
  const resident = { ...residentWords(places), tabIndex, disabled: job !== null }
  return (
    <span className={styles['actions']}>
      {places.length === 1 ? (
        residentButton({ ...resident, onClick: () => act(variant) })
      ) : (
        <Menu
          label={`Load or unload ${variant.name}`}
          trigger={residentButton(resident)}
          items={places.map((place) => ({
            key: place.id,
            label: `${place.loaded ? 'Unload from' : 'Load with'} ${endpointName(place.endpoint, place.engine)}`,
            hint: refName(place),
            onChoose: () => act(place),
          }))}
        />
      )}
      <LinkButton
        kind="quiet"
        size="icon"
        tabIndex={tabIndex}
        aria-label={`Run with ${variant.name}`}
        title="Run with this variant"
        href={routeHash('runs', ['new'], { variant: writeList([variant.id]) })}
      >
        <CirclePlay />
      </LinkButton>
    </span>
  )
}

interface ResidentButtonProps {
  readonly loaded: boolean
  readonly label: string
  readonly title: string
  readonly tabIndex: number
  readonly disabled: boolean
  readonly onClick?: () => void
}

/** An element, not a component: the menu gives its trigger the props that open it. */
function residentButton({ loaded, label, ...rest }: ResidentButtonProps): ReactElement<Record<string, unknown>> {
  return (
    <Button kind="quiet" size="icon" aria-label={label} {...rest}>
      {loaded ? <Square /> : <Play />}
    </Button>
  )
}

function residentWords(places: readonly Variant[]): Pick<ResidentButtonProps, 'loaded' | 'label' | 'title'> {
  const loaded = places.some((place) => place.loaded)
  const verb = places.length > 1 ? 'Load or unload' : loaded ? 'Unload' : 'Load'
  const where = places.length > 1 ? `, in one of ${places.length} places` : ''
  return { loaded, label: `${verb} ${places[0]?.name ?? ''}${where}`, title: `${verb}${where}` }
}
