import type { Progress } from '#shared/domain/engine.ts'
import { durationText } from '#shared/domain/figures.ts'
import type { Context } from './context.ts'
import { makeProgressLine } from './progress-line.ts'

/** Reads a stream of progress to its end, with one line on the terminal. @returns the last item */
export async function followProgress<T extends Progress>(
  { terminal, begun }: Context,
  items: AsyncIterable<T>,
): Promise<T | null> {
  const line = makeProgressLine(terminal)
  let last: T | null = null
  try {
    for await (const item of items) {
      begun()
      last = item
      const silent = item.silentSeconds === undefined ? '' : `, nothing heard for ${durationText(item.silentSeconds)}`
      line.update({ label: `${item.step}${silent}`, done: item.doneBytes, total: item.totalBytes, unit: 'bytes' })
    }
    return last
  } finally {
    line.stop()
  }
}
