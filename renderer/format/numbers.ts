/**
 * What screens write besides figures: when something was. Figures are written by shared/domain/figures.ts, for the window, the
 * command line and the reports alike; here they have the short names that screens call them by.
 */
export {
  bytesParts as bytes,
  countText as count,
  durationText as duration,
  fixedText as fixed,
  percentText as percent,
  threeDigits as speed,
} from '#shared/domain/figures.ts'

/** `today 14:05`, `23 Nov 14:05`, `23 Nov 2025`: a screen is read now, so the moment is told from now. */
export function moment(atMs: number, nowMs: number = Date.now()): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)]
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  if (at.toDateString() === now.toDateString()) return `today ${time}`
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
  return at.getFullYear() === now.getFullYear() ? `${day} ${time}` : `${day} ${at.getFullYear()}`
}
