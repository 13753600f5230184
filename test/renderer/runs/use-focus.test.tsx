import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useFocus } from '../../../renderer/screens/runs/watch/use-focus.ts'
import type { LiveRun } from '../../../renderer/stores/live-run-slice.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const first = { promptIndex: 0, arm: 'natural', sample: 0 } as const
/** A run whose first variant writes this prompt. */
const writing = (promptIndex: number) =>
  ({ lanes: new Map([[0, { running: [{ ...first, promptIndex }] }]]), ended: [] }) as unknown as LiveRun

it('goes on to the cell that is newest when the shown one has been there long enough, not to one that has ended since', () => {
  const { result, rerender } = renderHook(({ live }) => useFocus(null, live, first), {
    initialProps: { live: writing(0) },
  })
  const shown = (live: LiveRun, afterMs: number) => {
    rerender({ live })
    vi.advanceTimersByTime(afterMs)
    rerender({ live })
    return result.current.focus.promptIndex
  }
  expect(shown(writing(0), 1)).toBe(0)
  // Much quicker than anyone reads: the first stays for its time.
  expect(shown(writing(1), 100)).toBe(0)
  expect(shown(writing(20), 100)).toBe(0)
  expect(shown(writing(30), 2000)).toBe(30)
})
