import type { Migration } from '../migrate.ts'
import { initial } from './001-initial.ts'
import { wordQueue } from './002-word-queue.ts'
import { madeVariant } from './003-made-variant.ts'
import { gradedPrompts } from './004-graded-prompts.ts'

/** In order. A released step is never edited, removed or moved: the schema's version is the number of steps done. */
export const migrations: readonly Migration[] = [
  { name: '001-initial', sql: initial },
  { name: '002-word-queue', sql: wordQueue },
  { name: '003-made-variant', sql: madeVariant },
  { name: '004-graded-prompts', sql: gradedPrompts },
]
