import { arms, type Arm } from '#shared/domain/engine.ts'
import type { Outcome } from '#shared/domain/label.ts'
import type { Probe } from '#shared/domain/suite.ts'
import { outcomes, probeRoles } from '#shared/domain/words.ts'
import { wholeNumber, type Route } from '../../routing/route.ts'
import type { CallInput } from '../../stores/query-slice.ts'

export const tabs = ['log', 'map', 'pairs', 'review', 'method'] as const
export type RefusalTab = (typeof tabs)[number]

export type LogInput = CallInput<'refusals.log'>
export type ProbeFilter = NonNullable<LogInput['filter']>
export type LogSort = NonNullable<LogInput['sort']>

/** `#/refusals/17/map`: run and tab; either may be missing, `#/refusals/review` is the review of the newest run. */
export function readPlace({ path }: Route): { readonly run: number | null; readonly tab: RefusalTab } {
  const run = wholeNumber(path[0])
  const tab = tabs.find((candidate) => candidate === (run === null ? path[0] : path[1]))
  return { run, tab: tab ?? 'log' }
}

/** What the log is narrowed to, from the address; what is no such thing is no condition. */
export function readFilter({ query }: Pick<Route, 'query'>): ProbeFilter {
  const variant = wholeNumber(query['variant'])
  const label = outcomeOf(query['label'])
  const roles = rolesOf(query['role'])
  const arm = armOf(query['arm'])
  return {
    ...(variant === null ? {} : { variantIndexes: [variant] }),
    ...(label === null ? {} : { outcomes: [label] }),
    ...(roles === null ? {} : { roles }),
    ...(arm === null ? {} : { arms: [arm] }),
    ...(query['topic'] === undefined ? {} : { topics: [query['topic']] }),
    ...(query['lang'] === undefined ? {} : { languages: [query['lang']] }),
    ...(query['review'] === '1' ? { needsReview: true } : {}),
    ...(query['q'] === undefined ? {} : { query: query['q'] }),
  }
}

/** Names in the address that narrow the log. */
export const filterKeys = ['variant', 'label', 'role', 'topic', 'lang', 'review', 'q'] as const

/** Another order or filter puts other rows in the places that were chosen. */
export const nothingChosen = { row: undefined, cell: undefined } as const

const sorts = ['prompt', 'promptId', 'order', 'outcome'] as const

export function readSort({ query }: Pick<Route, 'query'>): { readonly sort: LogSort; readonly descending: boolean } {
  const sort = sorts.find((candidate) => candidate === query['sort']) ?? 'prompt'
  return { sort, descending: query['desc'] === '1' }
}

const outcomeOf = (text: string | undefined): Outcome | null => outcomes.find((candidate) => candidate === text) ?? null

/** `other`: all that are not compared. */
function rolesOf(text: string | undefined): Probe['role'][] | null {
  if (text === 'other') return probeRoles.filter((role) => role !== 'sensitive' && role !== 'control')
  const role = probeRoles.find((candidate) => candidate === text)
  return role === undefined ? null : [role]
}

/** Which button of All, Sensitive, Control and Other stands for a role in the address. */
export function roleButton(text: string | undefined): 'all' | 'sensitive' | 'control' | 'other' {
  if (text === 'sensitive' || text === 'control') return text
  return rolesOf(text) === null ? 'all' : 'other'
}

export const armOf = (text: string | undefined): Arm | null => arms.find((candidate) => candidate === text) ?? null
