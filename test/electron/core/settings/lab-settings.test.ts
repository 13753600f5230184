import { expect, it } from 'vitest'
import { openSettings } from '#core/settings/lab-settings.ts'

function open(cores: number, stored: unknown = {}) {
  const kept = { value: stored }
  const repository = {
    get: () => kept.value,
    set: (_key: string, value: unknown) => void (kept.value = value),
  }
  const ollama = { ollamaUrl: 'http://127.0.0.1:11434/', ollamaFromEnvironment: false }
  return openSettings({ repository, home: '/nowhere', ...ollama, cores, onChange: () => {} })
}

it('takes no more threads than the machine has cores, and says how many those are', () => {
  const settings = open(2)
  expect(settings.set({ builtinThreads: 2 })).toMatchObject({ builtinThreads: 2, cores: 2 })
  expect(() => settings.set({ builtinThreads: 3 })).toThrow('3 threads are more than this machine can run at once')
  expect(settings.get().builtinThreads).toBe(2)
})

it('runs no more than there are where a machine with more has stored them', () => {
  expect(open(4, { builtinThreads: 256 }).get().builtinThreads).toBe(4)
})
