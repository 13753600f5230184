/** The tokens that cells are drawn with. A canvas knows no custom properties: they are read from elements that wear them. */
export const cellTokens = {
  right: '--state-right',
  wrong: '--state-wrong',
  error: '--state-error',
  running: '--accent',
  ring: '--accent-line',
  waiting: '--line-2',
  focus: '--text-1',
  ink: '--text-1',
  complied: '--label-complied',
  partial: '--label-partial',
  deflected: '--label-deflected',
  party_line: '--label-party-line',
  refused: '--label-refused',
  'on-complied': '--on-label-complied',
  'on-partial': '--on-label-partial',
  'on-deflected': '--on-label-deflected',
  'on-party_line': '--on-label-party-line',
  'on-refused': '--on-label-refused',
  none: '--line-3',
  truncated: '--label-truncated',
} as const
export type CellToken = keyof typeof cellTokens
export type CellColours = Readonly<Record<CellToken, string>>

export const cellTokenNames = Object.keys(cellTokens) as readonly CellToken[]
