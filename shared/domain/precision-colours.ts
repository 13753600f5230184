/** How a precision is drawn, the same on every screen and in every report. */
export interface PrecisionMark {
  /** For class names: letters, digits and hyphens. */
  readonly slug: string
  readonly light: string
  readonly dark: string
  /** Floats under 16 bit leave the row of discs. */
  readonly shape: 'disc' | 'diamond'
}

/**
 * Contrast against the surface falls with precision in both themes; hue runs navy, blue, teal, olive, ochre. At least 3:1 on
 * both surfaces, and apart under simulated deuteranopia and protanopia. Never the only sign: a name stands beside it.
 */
export const precisionMarks: readonly PrecisionMark[] = [
  { slug: 'f16', light: '#14163a', dark: '#f3f7ff', shape: 'disc' },
  { slug: 'bf16', light: '#272a92', dark: '#d2e2f7', shape: 'disc' },
  { slug: 'fp8-e4m3', light: '#99064f', dark: '#e067d6', shape: 'diamond' },
  { slug: 'fp8-e5m2', light: '#bd67a8', dark: '#d4528f', shape: 'diamond' },
  { slug: 'q8-0', light: '#0a3fc0', dark: '#a9cdff', shape: 'disc' },
  { slug: 'q6-k', light: '#1a62a8', dark: '#80b5fb', shape: 'disc' },
  { slug: 'q5-k-m', light: '#0a7391', dark: '#62c4c9', shape: 'disc' },
  { slug: 'q4-k-m', light: '#0b8175', dark: '#74b197', shape: 'disc' },
  { slug: 'q4-0', light: '#66773a', dark: '#a2b02c', shape: 'disc' },
  { slug: 'q3-k-m', light: '#868d63', dark: '#b18413', shape: 'disc' },
  { slug: 'q2-k', light: '#c47813', dark: '#b8624a', shape: 'disc' },
  { slug: 'other', light: '#626b74', dark: '#929aa3', shape: 'disc' },
]

/* Precisions that share the mark of their class. First match wins. */
const classes: readonly (readonly [pattern: RegExp, slug: string])[] = [
  [/^FP8-E5M2/i, 'fp8-e5m2'],
  [/^FP8/i, 'fp8-e4m3'],
  [/^BF16$/i, 'bf16'],
  [/^F(16|32)$/i, 'f16'],
  [/^Q8/i, 'q8-0'],
  [/^Q6/i, 'q6-k'],
  [/^Q5/i, 'q5-k-m'],
  [/^Q4_K/i, 'q4-k-m'],
  [/^(Q4|MXFP4)/i, 'q4-0'],
  [/^I?Q3/i, 'q3-k-m'],
  [/^I?Q[12]/i, 'q2-k'],
  [/^IQ4/i, 'q4-0'],
]

/** The mark of a precision by its name; grey for one that is not known. */
export function precisionMark(name: string): PrecisionMark {
  const slug = classes.find(([pattern]) => pattern.test(name))?.[1] ?? 'other'
  const mark = precisionMarks.find((each) => each.slug === slug)
  if (mark === undefined) throw new Error(`no mark for the class ${slug}`)
  return mark
}
