import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is waited for comes in milliseconds; on a machine with much else to do it may take its time. */
const expectation = { poll: { timeout: 30_000 } }

export default defineConfig({
  root,
  test: {
    reporters: ['default'],
    projects: [
      {
        root,
        test: {
          name: 'lab',
          include: ['test/{shared,electron,conformance}/**/*.test.ts', 'test/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          expect: expectation,
        },
      },
      {
        root,
        plugins: [react()],
        test: {
          name: 'page',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['test/renderer/page-setup.ts'],
          testTimeout: 60_000,
          expect: expectation,
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          globalSetup: ['test/e2e/build-page.ts'],
          include: ['test/{e2e,packaging}/**/*.test.ts'],
          environment: 'node',
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          expect: expectation,
        },
      },
    ],
  },
})
