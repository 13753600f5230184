import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { AppStoreContext } from '../../../renderer/stores/use-app.ts'
import { useFreshVariants } from '../../../renderer/stores/use-fresh-variants.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function open() {
  const store = createAppStore({} as LabClient, (callback) => callback())
  const looks: boolean[] = []
  const invalidate: ReturnType<typeof store.getState>['invalidate'] = (matches) =>
    looks.push(matches('variants.list', {}) && matches('variants.fit', {}) && !matches('suites.list', {}))
  store.setState({ invalidate })
  const hook = renderHook(() => useFreshVariants(), {
    wrapper: ({ children }) => <AppStoreContext value={store}>{children}</AppStoreContext>,
  })
  return { looks, ...hook }
}

it('looks again when somebody comes back to the window, and now and then while it is in sight', () => {
  const { looks, unmount } = open()
  expect(looks).toEqual([])
  window.dispatchEvent(new Event('focus'))
  expect(looks).toEqual([true])
  vi.advanceTimersByTime(10_000)
  expect(looks).toEqual([true, true])
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  vi.advanceTimersByTime(60_000)
  expect(looks).toHaveLength(2)
  vi.restoreAllMocks()
  document.dispatchEvent(new Event('visibilitychange'))
  expect(looks).toHaveLength(3)
  unmount()
  window.dispatchEvent(new Event('focus'))
  vi.advanceTimersByTime(60_000)
  expect(looks).toHaveLength(3)
})
