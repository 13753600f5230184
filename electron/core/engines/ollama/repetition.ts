/**
 * Ollama ends a text without a word when a piece is the same as the one before it, white space aside, more than 30 times
 * in a row. What it sent until then has 30 such repeats, and this counts them as Ollama does.
 * Source: tokenRepeat in llm/llama_server.go.
 */
export interface RepetitionCounter {
  push(piece: string): void
  /** True where a stream that ends now was ended for this reason. */
  isAtLimit(): boolean
}

const limit = 30

export function createRepetitionCounter(): RepetitionCounter {
  let last = ''
  let repeats = 0
  return {
    push(piece) {
      const trimmed = piece.trim()
      repeats = trimmed === last ? repeats + 1 : 0
      last = trimmed
    },
    isAtLimit: () => repeats >= limit,
  }
}
