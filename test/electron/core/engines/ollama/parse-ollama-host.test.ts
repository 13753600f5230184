import { describe, expect, it } from 'vitest'
import { parseOllamaHost } from '#core/engines/ollama/parse-ollama-host.ts'

/** From Ollama's own tests of its Host and ConnectableHost (envconfig/config_test.go), but for a host left out. */
const cases: readonly (readonly [string, string])[] = [
  ['', 'http://127.0.0.1:11434'],
  ['1.2.3.4', 'http://1.2.3.4:11434'],
  [':1234', 'http://127.0.0.1:1234'],
  ['1.2.3.4:1234', 'http://1.2.3.4:1234'],
  ['example.com', 'http://example.com:11434'],
  ['example.com:1234', 'http://example.com:1234'],
  [':66000', 'http://127.0.0.1:11434'],
  [':-1', 'http://127.0.0.1:11434'],
  ['[::1]', 'http://[::1]:11434'],
  ['::1', 'http://[::1]:11434'],
  ['[::1]:1337', 'http://[::1]:1337'],
  [' 1.2.3.4 ', 'http://1.2.3.4:11434'],
  ['"1.2.3.4"', 'http://1.2.3.4:11434'],
  [' " 1.2.3.4 " ', 'http://1.2.3.4:11434'],
  ["'1.2.3.4'", 'http://1.2.3.4:11434'],
  ['http://1.2.3.4', 'http://1.2.3.4:80'],
  ['http://1.2.3.4:4321', 'http://1.2.3.4:4321'],
  ['https://1.2.3.4', 'https://1.2.3.4:443'],
  ['https://1.2.3.4:4321', 'https://1.2.3.4:4321'],
  ['https://example.com/ollama', 'https://example.com:443/ollama'],
  ['ollama.com', 'https://ollama.com:443'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:1234', 'http://127.0.0.1:1234'],
  ['[::]', 'http://[::1]:11434'],
  ['[::]:1234', 'http://[::1]:1234'],
  ['https://0.0.0.0:4321', 'https://127.0.0.1:4321'],
]

describe('OLLAMA_HOST is read as Ollama reads it', () => {
  it.each(cases)('%j means %s', (value, expected) => {
    expect(parseOllamaHost({ OLLAMA_HOST: value }).href).toBe(new URL(expected).href)
  })

  it('means the default where it is not set', () => {
    expect(parseOllamaHost({}).href).toBe('http://127.0.0.1:11434/')
  })

  it.each(['ftp://a', 'file:///etc/passwd', 'http://a b', 'javascript://x', 'constructor://x'])(
    'refuses %j',
    (value) => {
      expect(() => parseOllamaHost({ OLLAMA_HOST: value })).toThrow(RangeError)
    },
  )
})
