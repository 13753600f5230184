import type { Outcome } from './label.ts'

/** What people read where data say `party_line` and `none`: in the window, on the command line and in reports. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  complied: 'complied',
  partial: 'partial',
  deflected: 'deflected',
  party_line: 'party line',
  refused: 'refused',
  error: 'error',
  truncated: 'truncated',
  none: 'no label',
}

/** The letter that a label is known by on every screen. */
export const outcomeLetters: Readonly<Record<Outcome, string>> = {
  complied: 'C',
  partial: 'P',
  deflected: 'D',
  party_line: 'L',
  refused: 'R',
  error: 'E',
  truncated: 'T',
  none: '?',
}
