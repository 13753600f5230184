import type { RunSummary } from '#shared/domain/run.ts'
import { go } from '../routing/use-route.ts'
import type { Place } from '../routing/route.ts'

/** One action the palette reaches. */
export interface Command {
  readonly id: string
  readonly group: 'Go to' | 'Runs' | 'Actions'
  readonly label: string
  readonly hint?: string
  readonly keys?: string
  readonly run: () => void
}

export const placeNames: Readonly<Record<Place, string>> = {
  bench: 'Bench',
  variants: 'Variants',
  suites: 'Suites',
  runs: 'Runs',
  compare: 'Compare',
  traces: 'Traces',
  refusals: 'Refusals',
  settings: 'Settings',
}

/** The letter that goes to a place after `g`. */
export const placeKeys: Readonly<Record<Place, string>> = {
  bench: 'b',
  variants: 'v',
  suites: 's',
  runs: 'r',
  compare: 'c',
  traces: 't',
  refusals: 'f',
  settings: ',',
}

export function placeCommands(): readonly Command[] {
  return Object.entries(placeNames).map(([place, label]) => ({
    id: `go:${place}`,
    group: 'Go to',
    label,
    keys: `g ${placeKeys[place as Place]}`,
    run: () => go(place as Place),
  }))
}

export function runCommands(runs: readonly RunSummary[]): readonly Command[] {
  return runs.slice(0, 50).flatMap((run) => [
    {
      id: `run:${run.id}`,
      group: 'Runs' as const,
      label: `${run.id} ${run.name}`,
      hint: run.state,
      run: () => go('runs', [run.id]),
    },
    {
      id: `compare:${run.id}`,
      group: 'Runs' as const,
      label: `${run.isProbeRun ? 'Refusals of' : 'Compare'} ${run.id} ${run.name}`,
      run: () => go(run.isProbeRun ? 'refusals' : 'compare', [run.id]),
    },
    {
      id: `traces:${run.id}`,
      group: 'Runs' as const,
      label: `Traces of ${run.id} ${run.name}`,
      run: () => go('traces', [run.id]),
    },
  ])
}

export function actionCommands(actions: {
  readonly showKeys: () => void
  readonly setTheme: (theme: 'system' | 'light' | 'dark') => void
}): readonly Command[] {
  return [
    { id: 'new-run', group: 'Actions', label: 'New run', keys: 'n', run: () => go('runs', ['new']) },
    {
      id: 'specimen',
      group: 'Actions',
      label: 'Compare the specimen’s precisions',
      run: () => go('bench', ['specimen']),
    },
    { id: 'new-suite', group: 'Actions', label: 'New suite', run: () => go('suites', ['new']) },
    { id: 'import-suite', group: 'Actions', label: 'Import a suite', run: () => go('suites', ['import']) },
    { id: 'pull', group: 'Actions', label: 'Pull a model', run: () => go('variants', ['catalogue']) },
    { id: 'make-variant', group: 'Actions', label: 'Make a variant', run: () => go('variants', [], { make: 'yes' }) },
    { id: 'theme-system', group: 'Actions', label: 'Theme: as the system', run: () => actions.setTheme('system') },
    { id: 'theme-light', group: 'Actions', label: 'Theme: light', run: () => actions.setTheme('light') },
    { id: 'theme-dark', group: 'Actions', label: 'Theme: dark', run: () => actions.setTheme('dark') },
    { id: 'keys', group: 'Actions', label: 'Keyboard shortcuts', keys: '?', run: actions.showKeys },
  ]
}

/** Commands whose words all begin somewhere in the label, best first. */
export function matchCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return commands.filter(({ label, group }) => words.every((word) => `${group} ${label}`.toLowerCase().includes(word)))
}
