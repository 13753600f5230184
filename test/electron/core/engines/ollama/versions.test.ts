import { describe, expect, it } from 'vitest'
import { featuresOf, oldestSupported, parseVersion } from '#core/engines/ollama/versions.ts'

describe('the version decides what can be asked', () => {
  it.each([
    ['0.12.6', null],
    ['0.12.10', null],
    ['0.12.11', 20],
    ['0.12.11-rc1', 20],
    ['0.24.0', 20],
    ['0.33.0-rc2', 20],
    ['1.0.0', 20],
    ['v0.32.15', 20],
    ['0.0.0', 20],
  ])('%s gives %s alternatives', (text, maxAlternatives) => {
    expect(featuresOf(parseVersion(text))).toMatchObject({ maxAlternatives, concurrency: 1, score: false, chat: true })
  })

  it.each(['0.12.5', '0.9.0', '0.1.48'])('%s is too old, and the error says what is needed', (text) => {
    expect(() => featuresOf(parseVersion(text))).toThrow(
      expect.objectContaining({ code: 'ENGINE_TOO_OLD', message: expect.stringContaining(oldestSupported) }),
    )
  })

  it.each(['', 'latest', '1.2', '<html>', '99999999999.0.0'])('%j is no version', (text) => {
    expect(() => parseVersion(text)).toThrow(expect.objectContaining({ code: 'ENGINE_FAILED' }))
  })
})
