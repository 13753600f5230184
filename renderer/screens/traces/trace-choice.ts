import { arms, type Arm } from '#shared/domain/engine.ts'
import type { CellState } from '#shared/domain/run.ts'
import { thinkStates, type ThinkState } from '#shared/domain/trace.ts'
import { cellStates } from '#shared/domain/words.ts'
import { heatScales, type HeatScale } from '#shared/thinking/token-heat.ts'
import { wholeNumber, type Route } from '../../routing/route.ts'
import type { CallInput } from '../../stores/query-slice.ts'
import type { Sorting } from '../../ui/grid-column.ts'

const sorts = ['order', 'promptId', 'thinkingTokens', 'state'] as const
export type Part = 'thinking' | 'answer'
const views = ['text', 'diff', 'raw'] as const
export type View = (typeof views)[number]

export interface Filter {
  readonly variants: readonly number[]
  readonly arms: readonly Arm[]
  readonly states: readonly CellState[]
  readonly thinkStates: readonly ThinkState[]
  readonly right: boolean | null
}

/** What is chosen on the Traces screen, as its address says it. Null: the screen's default. */
export interface TraceChoice {
  readonly run: number
  readonly prompt: number | null
  /** Row of the list that is selected; its cell is shown where `prompt` is null. */
  readonly row: number | null
  /** Variants side by side, in this order. */
  readonly variants: readonly number[] | null
  readonly arm: Arm | null
  readonly sample: number
  readonly heat: HeatScale | null
  readonly view: View
  readonly linked: boolean
  /** Whether the list of cells is shown; null: where there is room. */
  readonly list: boolean | null
  readonly side: 'search' | 'cell'
  readonly search: string
  readonly part: Part | null
  /** The hit that was jumped to: its row, and the place within it. */
  readonly hit: { readonly row: number; readonly place: number } | null
  readonly filter: Filter
  readonly sorting: Sorting
}

/** More texts than this side by side leave none of them room to be read. */
export const maxPanes = 4

/** Anything in an address that makes no sense is as if it were not there. */
export function readChoice({ path, query }: Route): TraceChoice | null {
  const run = wholeNumber(path[0])
  if (run === null || run === 0) return null
  const variants = numbers(query['v']).slice(0, maxPanes)
  const sort = sorts.find((name) => name === query['sort']) ?? 'order'
  const [row, place] = (query['hit'] ?? '').split('.').map(wholeNumber)
  return {
    run,
    prompt: wholeNumber(query['prompt']),
    row: wholeNumber(query['row']),
    variants: variants.length === 0 ? null : variants,
    arm: arms.find((name) => name === query['arm']) ?? null,
    sample: wholeNumber(query['sample']) ?? 0,
    heat: heatScales.find((name) => name === query['heat']) ?? null,
    view: views.find((name) => name === query['view']) ?? 'text',
    linked: query['linked'] !== '0',
    list: query['list'] === undefined ? null : query['list'] !== '0',
    side: query['side'] === 'cell' ? 'cell' : 'search',
    search: query['q'] ?? '',
    part: query['part'] === 'thinking' || query['part'] === 'answer' ? query['part'] : null,
    hit: row == null || place == null ? null : { row, place },
    filter: {
      variants: numbers(query['variant']),
      arms: words(query['arms'], arms),
      states: words(query['state'], cellStates),
      thinkStates: words(query['think'], thinkStates),
      right: query['right'] === undefined ? null : query['right'] !== '0',
    },
    sorting: { by: sort, descending: query['desc'] === '1' },
  }
}

export type Changes = Readonly<Record<string, string | number | undefined>>

/** The filter as the address holds it. Another filter is another list: its selected row means nothing any more. */
export const writeFilter = ({ variants, arms: some, states, thinkStates: think, right }: Filter): Changes => ({
  variant: variants.join(','),
  arms: some.join(','),
  state: states.join(','),
  think: think.join(','),
  right: right === null ? undefined : right ? 1 : 0,
  row: undefined,
})

/** The filter as the lab's question holds it. */
export function filterInput({ variants, arms: some, states, thinkStates: think, right }: Filter) {
  return {
    ...(variants.length > 0 && { variantIndexes: [...variants] }),
    ...(some.length > 0 && { arms: [...some] }),
    ...(states.length > 0 && { states: [...states] }),
    ...(think.length > 0 && { thinkStates: [...think] }),
    ...(right !== null && { correct: right }),
  } satisfies CallInput<'cells.facets'>['filter']
}

/** Adds a value to a list or takes it out. */
export const toggled = <T>(values: readonly T[], value: T): readonly T[] =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value]

/** The variants to show so that this one is among them: it takes the last place where it is not there yet. */
export const withVariant = (shown: readonly number[], variant: number): readonly number[] =>
  shown.includes(variant) ? shown : [...shown.slice(0, Math.max(1, shown.length - 1)), variant]

const numbers = (text: string | undefined): readonly number[] => [
  ...new Set((text ?? '').split(',').flatMap((part) => wholeNumber(part) ?? [])),
]

const words = <T extends string>(text: string | undefined, known: readonly T[]): readonly T[] =>
  known.filter((word) => (text ?? '').split(',').includes(word))
