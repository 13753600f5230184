import { describe, expect, it } from 'vitest'
import { contract } from '#shared/contract/contract.ts'
import { invoke } from '#shared/contract/serve.ts'

function complaint(name: keyof typeof contract, input: unknown): string {
  try {
    invoke(contract, {} as never, name, input, { signal: AbortSignal.abort() })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'accepted'
}

const spec = { suites: ['a'], variants: ['b'] }

describe('an input that does not parse is told in words for people', () => {
  it.each([
    ['suites.export', { suite: '', format: 'yaml' }, 'The suite must not be empty.'],
    ['suites.export', { suite: 'a', format: 'pdf' }, 'The format must be one of yaml, json, jsonl, csv.'],
    ['variants.pull', { name: '' }, 'The name must not be empty.'],
    ['runs.plan', { ...spec, suites: [''] }, 'Suite 1 must not be empty.'],
    ['runs.plan', { ...spec, variants: ['a', ''] }, 'Variant 2 must not be empty.'],
    ['runs.plan', { ...spec, suites: [], name: '' }, 'The name must not be empty. The suites must not be empty.'],
    ['runs.plan', { ...spec, contextTokens: 3 }, 'The context tokens must be at least 64.'],
    ['runs.plan', { ...spec, margin: 1 }, 'The margin must be less than 1.'],
    ['runs.plan', { ...spec, name: 'n'.repeat(300) }, 'The name must be at most 200 characters long.'],
    ['runs.plan', { ...spec, speed: 1 }, '"speed" is not known here.'],
    ['runs.get', {}, 'The run must be given.'],
    ['runs.get', { run: 'seven' }, 'The run must be a number.'],
    ['suites.generate', { template: 'a', n: 1.5, seed: 1 }, 'The n must be a whole number.'],
    [
      'settings.set',
      { endpoints: [{ id: 'Big Box', kind: 'ollama', url: 'box' }] },
      'The id must be a name of small letters, digits and -, with a letter first. ' +
        'The url must be an address such as http://localhost:11434.',
    ],
  ] as const)('%s %j', (name, input, sentence) => {
    expect(complaint(name, input)).toBe(sentence)
  })
})
