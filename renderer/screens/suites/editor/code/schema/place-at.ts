import type { Text } from '@codemirror/state'
import { placeInBlock } from './block-place.ts'
import { placeInFlow } from './flow-place.ts'
import type { Place } from './place.ts'

/** Where a position is in the data; null in texts, comments, and where no key or word of the format may stand. */
export function placeAt(doc: Text, at: number, format: 'yaml' | 'json'): Place | null {
  if (format === 'yaml') return placeInBlock(doc, at)
  return placeInFlow(doc.toString(), { start: 0, at, quoted: true })
}
