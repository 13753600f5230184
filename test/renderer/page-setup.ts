import { configure } from '@testing-library/react'

// As in vitest.config.ts: a second is short on a machine with much else to do.
configure({ asyncUtilTimeout: 30_000 })

/** jsdom lays nothing out: what watches sizes has nothing to tell. */
class NoSizes implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoSizes
