import { describe, expect, it } from 'vitest'
import { readGenerateQuery } from '../../../renderer/screens/suites/generate-query.ts'

const templates = ['arithmetic', 'mixed'].map((id) => ({ id, title: id, description: '' }))

describe('the choices of a generated suite', () => {
  it('have defaults', () => {
    expect(readGenerateQuery({}, templates).input).toEqual({ template: 'arithmetic', n: 400, seed: 1 })
  })

  it('come from the address', () => {
    const query = { template: 'mixed', n: ' 30 ', seed: '0', name: ' sums ' }
    expect(readGenerateQuery(query, templates).input).toEqual({ template: 'mixed', n: 30, seed: 0, name: 'sums' })
    expect(readGenerateQuery({ template: 'none' }, templates).template).toBe('arithmetic')
  })

  it.each(['', '0', '-1', '1.5', '100001', '1e3', 'x', '9'.repeat(30)])(
    'are refused with their reason: %j prompts',
    (n) => {
      const { input, problems } = readGenerateQuery({ n }, templates)
      expect(input).toBeNull()
      expect(problems.n).not.toBeNull()
    },
  )

  it('ask for nothing before the templates are known', () => {
    expect(readGenerateQuery({}, []).input).toBeNull()
  })
})
