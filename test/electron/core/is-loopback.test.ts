import { describe, expect, it } from 'vitest'
import { isLoopback } from '#core/is-loopback.ts'

describe('an address is called remote unless it cannot leave the machine', () => {
  it.each(['http://127.0.0.1:1', 'http://127.8.9.1', 'http://localhost:1', 'http://[::1]:1', 'http://a.localhost'])(
    '%s stays here',
    (url) => expect(isLoopback(new URL(url))).toBe(true),
  )
  it.each([
    'http://10.0.0.1',
    'http://example.com',
    'http://localhost.example.com',
    'http://[::2]',
    'http://127.evil.com',
  ])('%s does not', (url) => expect(isLoopback(new URL(url))).toBe(false))
})
