import { count } from '../../format/numbers.ts'

/** `1 prompt`, `1,564 prompts`. */
export const promptsText = (n: number): string => `${count(n)} ${n === 1 ? 'prompt' : 'prompts'}`
