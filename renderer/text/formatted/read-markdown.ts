import type { Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { countText } from '#shared/domain/figures.ts'
import { cutMaths, type Formula } from './cut-maths.ts'

export type Formatted =
  | { readonly kind: 'read'; readonly root: Root; readonly formulas: readonly Formula[] }
  /** `why` completes "shown as it was written, because". */
  | { readonly kind: 'refused'; readonly why: string }

/** What is read in one go without the page being held up: each limit was measured by test/renderer/text/read-markdown.test.ts. */
export const readingLimits = { chars: 100_000, lineChars: 20_000, formulas: 300, marks: 3000, depth: 24 } as const

/** Signs that may open something: the reader's time grows with the square of how many stay open. */
const markPattern = /[*_[\]<`~|]/g
const item = String.raw`(?:[-+*]|\d{1,9}[.)])`
/** Quotes and list items that begin within each other, in one line or by their indentation. */
const nestPattern = new RegExp(
  String.raw`^(?:(?:[ \t]*(?:>|${item})(?=[ \t>])){${readingLimits.depth},}|[ \t]{${2 * readingLimits.depth},}${item}[ \t])`,
  'm',
)

/** Markdown as a tree, with tables, strikethrough and tasks. HTML in it stays text, whoever draws the tree. */
export function readMarkdown(written: string): Formatted {
  const early = whyNot(written)
  if (early !== null) return { kind: 'refused', why: early }
  const { text, formulas } = cutMaths(written)
  if (formulas.length > readingLimits.formulas) {
    return { kind: 'refused', why: `it holds more than ${countText(readingLimits.formulas)} formulas` }
  }
  if ((text.match(markPattern)?.length ?? 0) > readingLimits.marks) {
    return { kind: 'refused', why: `it holds more than ${countText(readingLimits.marks)} signs of Markdown` }
  }
  const root = fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough(), gfmTaskListItem()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown(), gfmTaskListItemFromMarkdown()],
  })
  return isTooDeep(root) ? { kind: 'refused', why: tooDeep } : { kind: 'read', root, formulas }
}

const tooDeep = `its lists and quotes lie more than ${readingLimits.depth} deep`

function whyNot(text: string): string | null {
  const { chars, lineChars } = readingLimits
  if (text.length > chars) return `it is longer than ${countText(chars)} characters`
  let lineStart = 0
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', lineStart)) {
    if (end - lineStart > lineChars) return tooLong
    lineStart = end + 1
  }
  if (text.length - lineStart > lineChars) return tooLong
  return nestPattern.test(text) ? tooDeep : null
}

const tooLong = `a line of it is longer than ${countText(readingLimits.lineChars)} characters`

/** Level by level, since a tree that is too deep is no tree to walk by recursion. */
function isTooDeep(root: Root): boolean {
  let level: readonly (Root | RootContent)[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    // An item and its list, a quote and its paragraph: two levels of the tree a level of the text.
    if (depth > 2 * readingLimits.depth + 4) return true
    level = level.flatMap((node) => ('children' in node ? (node.children as RootContent[]) : []))
  }
  return false
}
