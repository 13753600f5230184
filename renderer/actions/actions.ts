import { outcomeWords } from '#shared/domain/label-words.ts'
import { outcomes } from '#shared/domain/words.ts'
import { places, type Place } from '../routing/route.ts'

/** What an action is called, and its key as tinykeys writes it. */
type Word = readonly [label: string, keys?: string]
/** `moves`: what it is good for only by key, and so no matter of the palette. */
const group = <N extends string>(name: string, words: Readonly<Record<N, Word>>, { moves = false } = {}) => ({
  name,
  words,
  moves,
})

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
const placeKeys: Readonly<Record<Place, string>> = {
  bench: 'b',
  variants: 'v',
  suites: 's',
  runs: 'r',
  compare: 'c',
  traces: 't',
  refusals: 'f',
  settings: ',',
}

const labelWords = Object.fromEntries(
  outcomes
    .filter((outcome) => outcome !== 'none')
    .map((outcome, index) => [`give-${outcome}`, [`Give the label ${outcomeWords[outcome]}`, `${index + 1}`]]),
) as Readonly<Record<`give-${string}`, Word>>

/**
 * Everything that can be done, by where: its name, and its key if it has one. Keys, palette and keys sheet read it here, so
 * that none can know what the others do not. What a screen can do at the moment it says with `useActions`.
 */
export const actions = {
  anywhere: group('Anywhere', {
    palette: ['Command palette', '$mod+k'],
    keys: ['Keyboard shortcuts', 'Shift+?'],
    'new-run': ['New run', 'n'],
    undo: ['Take back what was just done', '$mod+z'],
    'copy-address': ['Copy the address of this view'],
    specimen: ['Compare the specimen’s precisions'],
    'new-suite': ['New suite'],
    'import-suite': ['Import a suite'],
    'generate-suite': ['Generate a suite'],
    pull: ['Pull a model from the catalogue'],
    make: ['Make a variant (quantize, FP8)'],
    'turn-answers': ['Answers formatted, or as written', 'a'],
    'theme-system': ['Theme: as the system'],
    'theme-light': ['Theme: light'],
    'theme-dark': ['Theme: dark'],
  }),
  places: group(
    'Go to',
    Object.fromEntries(
      places.map((place) => [place, [placeNames[place], `g ${placeKeys[place]}`]]),
    ) as unknown as Readonly<Record<Place, Word>>,
  ),
  list: group(
    'In a list',
    {
      next: ['Next row', 'j'],
      down: ['Next row', 'ArrowDown'],
      previous: ['Previous row', 'k'],
      up: ['Previous row', 'ArrowUp'],
      'page-down': ['A page down', 'PageDown'],
      'page-up': ['A page up', 'PageUp'],
      first: ['First row', 'Home'],
      last: ['Last row', 'End'],
      open: ['Open the selected row', 'Enter'],
      'copy-all': ['Copy all rows as a table', 'Shift+C'],
    },
    { moves: true },
  ),
  bench: group('On the bench', {
    compare: ['Compare the specimen’s precisions', 'Enter'],
  }),
  variants: group('In variants', {
    load: ['Load', 'l'],
    unload: ['Unload', 'l'],
    make: ['Make a variant', 'm'],
    pull: ['Pull', 'p'],
    delete: ['Delete the variant', 'Delete'],
    close: ['Close the panel', 'Escape'],
  }),
  suites: group('In suites', {
    edit: ['Edit the suite'],
    duplicate: ['Duplicate the suite'],
    delete: ['Delete the suite'],
    run: ['Run the suite'],
    close: ['Close the prompt', 'Escape'],
  }),
  runs: group('In runs', {
    resume: ['Resume the selected run'],
    rename: ['Rename the selected run', 'F2'],
    delete: ['Delete the selected run', 'Delete'],
  }),
  run: group('In a run', {
    pause: ['Pause the run', 'Space'],
    resume: ['Resume the run', 'Space'],
    cancel: ['Cancel the run'],
    retry: ['Retry errors', 'e'],
    follow: ['Follow the newest cell, or stay', 'f'],
    next: ['Next prompt', ']'],
    previous: ['Previous prompt', '['],
    rename: ['Rename the run', 'F2'],
  }),
  comparison: group('In a comparison', {
    next: ['Next variant', ']'],
    previous: ['Previous variant', '['],
    lost: ['Only lost', 'l'],
    gained: ['Only gained', 'w'],
    tables: ['Charts as tables, or as charts', 'v'],
    blind: ['Blind: hide the names', 'b'],
    reveal: ['Reveal the names', 'b'],
  }),
  prompt: group('On a compared prompt', {
    next: ['Next prompt', 'j'],
    previous: ['Previous prompt', 'k'],
    'next-variant': ['Next variant', ']'],
    'previous-variant': ['Previous variant', '['],
    diff: ['Word diff', 'x'],
    raw: ['Raw text', 'r'],
    blind: ['Blind: hide the names', 'b'],
    reveal: ['Reveal the names', 'b'],
    traces: ['Open in Traces', 't'],
    back: ['Back to the comparison', 'Escape'],
  }),
  traces: group('In traces', {
    next: ['Next prompt', ']'],
    previous: ['Previous prompt', '['],
    'next-hit': ['Next hit', 'n'],
    'previous-hit': ['Previous hit', 'p'],
    divergence: ['First divergence', 'd'],
    mark: ['Next mark', 'm'],
    diff: ['Word diff', 'x'],
    heat: ['Token heat', 'h'],
    raw: ['Raw text', 'r'],
    fold: ['Fold or unfold all steps', 's'],
    linked: ['Linked scrolling', 'l'],
    cells: ['List of cells', 'c'],
    configuration: ['Configuration', 'i'],
  }),
  refusals: group('In refusals', {
    log: ['Log'],
    map: ['Map'],
    pairs: ['Pairs'],
    review: ['Review'],
    method: ['Method'],
  }),
  review: group('In review', {
    ...labelWords,
    reason: ['Write a reason', 'm'],
    later: ['Leave it for later', 's'],
    undo: ['Take the last label back', 'u'],
  }),
  settings: group('In settings', {
    compact: ['Compact the store'],
    check: ['Check everything'],
  }),
} as const

export type Actions = typeof actions
export type GroupName = keyof Actions
export type ActionName<G extends GroupName> = keyof Actions[G]['words'] & string

/** Keys that belong to a field or a list and work only inside it. They are told in the sheet; their element binds them. */
export const innerKeys: readonly { readonly name: string; readonly words: Readonly<Record<string, Word>> }[] = [
  {
    name: actions.list.name,
    words: {
      search: ['Search', '/'],
      copy: ['Copy the selected row', '$mod+c'],
    },
  },
  { name: actions.bench.name, words: { send: ['Send the prompt', '$mod+Enter'] } },
  {
    name: 'In the suite editor',
    words: {
      save: ['Save', '$mod+s'],
      offer: ['What may stand here', 'Control+Space'],
      search: ['Search and replace', '$mod+f'],
      problem: ['Next problem', 'F8'],
      'problem-back': ['Previous problem', 'Shift+F8'],
      leave: ['Leave the text', 'Escape Tab'],
    },
  },
]

const isMac = () => navigator.platform.startsWith('Mac')
const names: Readonly<Record<string, string>> = {
  Delete: 'Del',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  PageDown: 'PgDn',
  Control: 'Ctrl',
  PageUp: 'PgUp',
}

/** A key as it stands on a keyboard: `Ctrl Shift C`, `g b`, `?`. */
export function keyText(keys: string): string {
  const press = (one: string) =>
    one
      .replace('Shift+?', '?')
      .split('+')
      .map((part, _, parts) =>
        part === '$mod'
          ? isMac()
            ? '⌘'
            : 'Ctrl'
          : (names[part] ?? (parts.length > 1 && part.length === 1 ? part.toUpperCase() : part)),
      )
      .join(' ')
  return keys.split(' ').map(press).join(' ')
}
