import type { Route } from '../../routing/route.ts'

/** Context lengths that are one click away; any other is reached by the address. */
export const contextChoices = [2048, 8192, 32_768, 131_072]
const defaultContext = 8192

const panelTabs = ['details', 'tensors', 'template'] as const
export type PanelTab = (typeof panelTabs)[number]

/** What is chosen on the Variants screen, as its address says it. */
export interface VariantsQuery {
  readonly contextTokens: number
  /** Id of the variant in the side panel. */
  readonly inspect: string | null
  readonly tab: PanelTab
  /** Not null: the panel makes a variant, of this type where one is chosen. */
  readonly make: string | null
  readonly search: string
  /** Endpoint that the list is narrowed to. */
  readonly endpoint: string | null
  /** Leave out what does not fit. */
  readonly fits: boolean
}

export function readQuery({ query }: Route): VariantsQuery {
  return {
    contextTokens: readContext(query['ctx']),
    inspect: query['inspect'] ?? null,
    tab: panelTabs.find((tab) => tab === query['tab']) ?? 'details',
    make: query['make'] ?? null,
    search: query['q'] ?? '',
    endpoint: query['engine'] ?? null,
    fits: query['fits'] === 'yes',
  }
}

/** Whole, and what the lab takes; anything else is the default. */
export function readContext(text: string | undefined): number {
  const tokens = Number(text)
  return Number.isInteger(tokens) && tokens >= 64 && tokens <= 10_000_000 ? tokens : defaultContext
}

/** The default is left out of the address. */
export const contextText = (tokens: number): string | undefined =>
  tokens === defaultContext ? undefined : String(tokens)
