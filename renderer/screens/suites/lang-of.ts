/** A language as an attribute may have it; a suite may say anything, and what is no language tag is left out. */
export function langOf(lang: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang)[0]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
