import { countedText } from '#shared/domain/figures.ts'

/** `1 prompt`, `1,564 prompts`, `60 graded prompts`. */
export const promptsText = (n: number, kind?: 'graded'): string =>
  countedText(n, kind === undefined ? 'prompt' : `${kind} prompt`)
