import type { Verdict } from '#shared/domain/comparison.ts'
import { precisionMark } from '#shared/domain/precision-colours.ts'
import type { RunVariant } from '#shared/domain/run.ts'
import { html, type Markup } from '../markup.ts'

/** Class that carries a precision's colour as `--c`. */
export const colourClass = ({ variant }: RunVariant): string => `p-${precisionMark(variant.precision.name).slug}`

const isDiamond = ({ variant }: RunVariant): boolean => precisionMark(variant.precision.name).shape === 'diamond'

/** A variant's name with its disc or diamond; `whole` where the name is a brief one. */
export function nameTag(runVariant: RunVariant, name: string, whole = name): Markup {
  const shape = isDiamond(runVariant) ? 'swatch diamond' : 'swatch'
  const title = whole === name ? null : html` title="${whole}"`
  return html`<span class="name ${colourClass(runVariant)}" ${title}><i class="${shape}"></i><bdi>${name}</bdi></span>`
}

/** The mark of a variant's value in a plot. `x` may be a percentage. */
export function pointMark(runVariant: RunVariant, x: string | number, y: string | number): Markup {
  if (!isDiamond(runVariant)) return html`<circle class="point" cx="${x}" cy="${y}" r="4.5" />`
  return html`<svg x="${x}" y="${y}" overflow="visible"><path class="point" d="M0 -5.6L5.6 0L0 5.6L-5.6 0z" /></svg>`
}

/** A verdict is never told by colour alone: each has its own outline. */
export function verdictIcon(verdict: Verdict): Markup {
  const shapes = {
    pass: html`<circle cx="10" cy="10" r="7.2" /><path d="M6.5 10.3l2.4 2.4 4.6-5" />`,
    fail: html`<path d="M10 2.8l7.2 7.2-7.2 7.2L2.8 10z" /><path d="M10 6.6v4M10 13.2h.01" />`,
    inconclusive: html`<circle cx="10" cy="10" r="7.2" stroke-dasharray="2.6 2.4" /><path
        d="M7.9 8.2a2.1 2.1 0 113 1.9c-.6.3-.9.7-.9 1.3M10 13.8h.01"
      />`,
  } as const satisfies Record<Verdict, Markup>
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${shapes[verdict]}</svg>`
}

export const verdictClass = (verdict: Verdict | null): string =>
  verdict === null ? 'none' : ({ pass: 'within', fail: 'worse', inconclusive: 'open' } as const)[verdict]
