/** One line of text as it stands on the screen. */
export interface TextLine {
  readonly text: string
  readonly left: number
  readonly baseline: number
}

/** The lines of a text node, where its letters stand; what its place cuts off is cut off here too. */
export function drawnText(node: Text): readonly TextLine[] {
  const range = document.createRange()
  const lines: { text: string; left: number; right: number; bottom: number; height: number }[] = []
  let start = 0
  for (const letter of node.data) {
    range.setStart(node, start)
    start += letter.length
    range.setEnd(node, start)
    const box = range.getClientRects()[0]
    // White space that is not drawn has no width.
    if (box === undefined || box.width === 0) continue
    const line = lines.at(-1)
    if (line !== undefined && Math.abs(line.bottom - box.bottom) < 2) {
      line.text += letter
      line.right = box.right
    } else lines.push({ text: letter, left: box.left, right: box.right, bottom: box.bottom, height: box.height })
  }
  const edge = rightEdge(node.parentElement)
  return lines
    .filter(({ text, left }) => text.trim() !== '' && left < edge)
    .map(({ text, left, right, bottom, height }) => ({
      text: right <= edge + 1 ? text : cut(text, (edge - left) / (right - left)),
      left,
      // Where letters stand in their line: the boxes of a range are of the font, not of the line.
      baseline: bottom - 0.22 * height,
    }))
}

const cut = (text: string, share: number): string =>
  `${text.slice(0, Math.max(0, Math.floor(text.length * share) - 1))}…`

/** Beyond it an ancestor hides what it holds. A place that scrolls hides nothing that belongs to a picture. */
function rightEdge(element: Element | null): number {
  let edge = Number.POSITIVE_INFINITY
  for (let each = element; each !== null; each = each.parentElement) {
    if (['hidden', 'clip'].includes(getComputedStyle(each).overflowX))
      edge = Math.min(edge, each.getBoundingClientRect().right)
  }
  return edge
}
