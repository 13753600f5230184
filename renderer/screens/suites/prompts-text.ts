import { count } from '../../format/numbers.ts'

/** `1 prompt`, `1,564 prompts`, `60 graded prompts`. */
export const promptsText = (n: number, kind?: 'graded'): string =>
  `${count(n)} ${kind === undefined ? '' : `${kind} `}${n === 1 ? 'prompt' : 'prompts'}`
