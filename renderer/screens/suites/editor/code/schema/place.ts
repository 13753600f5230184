/** What stands at a position of a suite's text, complete or not. */
export interface Place {
  /** Keys down to what holds it; `*` for an item of a list. For a value its own key is the last. */
  readonly path: readonly string[]
  readonly role: 'key' | 'value'
  /** The word it is in, quotes included; nothing between them where one may begin. */
  readonly from: number
  readonly to: number
  /** The keys beside it, or beside its key, with their values where these stand on the line. */
  readonly siblings: ReadonlyMap<string, string>
  /** Where keys and words stand in double quotes. */
  readonly quoted: boolean
  /** Inside brackets: nothing is put on lines of its own. */
  readonly isFlow: boolean
}

/** A word without its quotes. */
export const bare = (word: string): string => word.trim().replace(/^(["'])(.*?)\1?$/s, '$2')
