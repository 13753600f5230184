import { configure } from '@testing-library/react'

// As in vitest.config.ts: a second is short on a machine with much else to do.
configure({ asyncUtilTimeout: 30_000 })
