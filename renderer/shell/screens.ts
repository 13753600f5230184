import { createElement, lazy, type ComponentType } from 'react'
import type { Place, Route } from '../routing/route.ts'
import { forgetReload, ScreenAway } from './screen-away.tsx'

type Screen = ComponentType<{ readonly route: Route }>

const files: Readonly<Record<Place, () => Promise<Screen>>> = {
  bench: async () => (await import('../screens/bench/bench-screen.tsx')).BenchScreen,
  variants: async () => (await import('../screens/variants/variants-screen.tsx')).VariantsScreen,
  suites: async () => (await import('../screens/suites/suites-screen.tsx')).SuitesScreen,
  runs: async () => (await import('../screens/runs/runs-screen.tsx')).RunsScreen,
  compare: async () => (await import('../screens/compare/compare-screen.tsx')).CompareScreen,
  traces: async () => (await import('../screens/traces/traces-screen.tsx')).TracesScreen,
  refusals: async () => (await import('../screens/refusals/refusals-screen.tsx')).RefusalsScreen,
  settings: async () => (await import('../screens/settings/settings-screen.tsx')).SettingsScreen,
}

const loaded = new Map<Place, Promise<{ readonly default: Screen }>>()

/**
 * A screen's code, fetched once. A failure is kept, too: the browser keeps half of what it fetched, and only a reload
 * gets the whole again. The screen says so itself, since a rejection would be an error in the console.
 */
function load(place: Place): Promise<{ readonly default: Screen }> {
  const before = loaded.get(place)
  if (before !== undefined) return before
  const screen = files[place]().then(
    (component) => {
      forgetReload()
      return { default: component }
    },
    (error: unknown) => ({ default: () => createElement(ScreenAway, { reason: String(error) }) }),
  )
  loaded.set(place, screen)
  return screen
}

/** Each screen is loaded when it is first opened: the first paint needs one of them. */
export const screens = Object.fromEntries(
  Object.keys(files).map((place) => [place, lazy(() => load(place as Place))]),
) as unknown as Readonly<Record<Place, Screen>>

/** The other screens, one after the other while nothing else is to be done, so that they open when the lab is away. */
export async function prefetchScreens(isOpen: () => boolean): Promise<void> {
  for (const place of Object.keys(files) as Place[]) {
    await idle()
    if (!isOpen()) return
    await load(place)
  }
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve())
    else setTimeout(resolve, 200)
  })
