import type { Page } from 'playwright-core'

export interface FrameGaps {
  /** Milliseconds from one frame to the next. */
  readonly gapsMs: readonly number[]
  /** Milliseconds that the page itself worked for each frame: callbacks, style, layout and paint. */
  readonly workMs: readonly number[]
}

/** Every frame of a page while something happens. */
export async function frameGaps(page: Page, work: () => Promise<void>): Promise<FrameGaps> {
  await page.evaluate(() => {
    const seen = { gapsMs: [] as number[], workMs: [] as number[], stop: false }
    Object.assign(window, { seenFrames: seen })
    let lastMs: number | null = null
    const { port1, port2 } = new MessageChannel()
    // The message is a task of its own, so it comes once the frame has been painted.
    port1.addEventListener('message', ({ data }) => seen.workMs.push(performance.now() - (data as number)))
    port1.start()
    const look = (frameMs: number) => {
      if (seen.stop) return
      if (lastMs !== null) seen.gapsMs.push(frameMs - lastMs)
      lastMs = frameMs
      port2.postMessage(performance.now())
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await work()
  return page.evaluate(() => {
    const seen = Reflect.get(window, 'seenFrames') as { gapsMs: number[]; workMs: number[]; stop: boolean }
    seen.stop = true
    return { gapsMs: seen.gapsMs, workMs: seen.workMs }
  })
}

/** The longest gap, and how many were over 50 ms. */
export const longGaps = ({ gapsMs }: FrameGaps) => ({
  worstMs: Math.round(Math.max(...gapsMs)),
  long: gapsMs.filter((gap) => gap > 50).length,
  seen: gapsMs.length,
})
