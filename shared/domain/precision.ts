/**
 * A precision as people name it, with what is really in the file.
 * The name never claims more than the tensors show: Q8_0 is not FP8, and FP8 in a GGUF is always simulated.
 */
export interface Precision {
  /** `F16`, `BF16`, `Q8_0`, `Q4_K_M`, `FP8-E4M3 (simulated)` … */
  readonly name: string
  /** Mean bits per weight over all tensors, counted from their types; null where the engine does not show tensors. */
  readonly bitsPerWeight: number | null
  /** True where the values were rounded to another format but are stored in a wider one. */
  readonly simulated: boolean
}

/**
 * Precisions from finest to coarsest. Screens and reports colour and order by this list.
 * A name that is not listed sorts by its bits per weight among the listed ones.
 */
export const precisionOrder = [
  'F32',
  'F16',
  'BF16',
  'Q8_0',
  'FP8',
  'FP8-E4M3 (simulated)',
  'FP8-E5M2 (simulated)',
  'Q6_K',
  'Q5_K_M',
  'Q5_K_S',
  'Q5_1',
  'Q5_0',
  'Q4_K_M',
  'Q4_K_S',
  'Q4_1',
  'Q4_0',
  'Q3_K_L',
  'Q3_K_M',
  'Q3_K_S',
  'Q2_K',
] as const

/** Finest first: where nobody chose a reference, it is the first of these. */
export const finestFirst = <T extends { readonly precision: Precision }>(variants: readonly T[]): readonly T[] =>
  variants.toSorted((a, b) => comparePrecision(a.precision, b.precision))

/** Negative when `a` is finer than `b`. Listed names by their place, others after all listed by falling bits. */
export function comparePrecision(a: Precision, b: Precision): number {
  const place = (p: Precision) => {
    const index = (precisionOrder as readonly string[]).indexOf(p.name)
    return index === -1 ? precisionOrder.length : index
  }
  return place(a) - place(b) || (b.bitsPerWeight ?? 0) - (a.bitsPerWeight ?? 0) || a.name.localeCompare(b.name)
}
