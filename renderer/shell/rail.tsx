import {
  ChartNoAxesGantt,
  CirclePlay,
  FlaskConical,
  Layers,
  ListChecks,
  MessageSquareText,
  Settings2,
  Waypoints,
} from 'lucide-react'
import type { ComponentType } from 'react'
import { places, routeHash, type Place } from '../routing/route.ts'
import { classNames } from '../ui/class-names.ts'
import { placeNames } from '../actions/actions.ts'
import styles from './rail.module.css'

const glyphs: Readonly<Record<Place, ComponentType<{ 'aria-hidden': true }>>> = {
  bench: FlaskConical,
  variants: Layers,
  suites: ListChecks,
  runs: CirclePlay,
  compare: ChartNoAxesGantt,
  traces: Waypoints,
  refusals: MessageSquareText,
  settings: Settings2,
}

/** The eight places. `toReview`: answers that wait for a person, counted on Refusals. */
export function Rail({ current, toReview }: { readonly current: Place | null; readonly toReview: number }) {
  return (
    <nav className={styles['rail']} aria-label="Screens">
      <div className={styles['mark']} title="Assay">
        <svg
          width="26"
          height="26"
          viewBox="0 0 26 26"
          fill="none"
          stroke="currentColor"
          strokeLinecap="round"
          aria-hidden="true"
        >
          <path d="M5 20L11 5" strokeWidth="3" />
          <path d="M12 20L17 7.5" strokeWidth="2" />
          <path d="M18 20l3.6-9" strokeWidth="1.2" />
        </svg>
      </div>
      {places.map((place) => {
        const Glyph = glyphs[place]
        return (
          <a
            key={place}
            className={classNames(styles['place'], place === 'settings' && styles['foot'])}
            href={routeHash(place)}
            aria-current={place === current ? 'page' : undefined}
          >
            <Glyph aria-hidden />
            {placeNames[place]}
            {place === 'refusals' && toReview > 0 && (
              <span className={styles['count']} title={`${toReview} answers wait for review`}>
                {toReview > 999 ? '999+' : toReview}
              </span>
            )}
          </a>
        )
      })}
    </nav>
  )
}
