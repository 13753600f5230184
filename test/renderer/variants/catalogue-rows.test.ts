import { describe, expect, it } from 'vitest'
import { catalogue } from '#core/variants/catalogue.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { catalogueRows, noteOn } from '../../../renderer/screens/variants/catalogue-rows.ts'
import { pullProblem, tagProblem } from '../../../renderer/screens/variants/tag-name.ts'

describe('the catalogue', () => {
  it('knows a tag as pulled only where it was pulled to', () => {
    const tag = 'deepseek-r1:7b-qwen-distill-q8_0'
    const there = { endpoint: 'gpu-box', ref: tag } as unknown as Variant
    const pulled = (endpoint: string) =>
      catalogueRows({ entries: catalogue, fits: [], variants: [there], jobs: [], endpoint }).flatMap((row) =>
        row.kind === 'tag' && row.pulled !== null ? [row.tag.tag] : [],
      )
    expect(pulled('gpu-box')).toEqual([tag])
    expect(pulled('ollama')).toEqual([])
  })

  it('lists each model’s precisions finest first', () => {
    const rows = catalogueRows({ entries: catalogue, fits: [], variants: [], jobs: [], endpoint: null })
    const precisions = rows.flatMap((row) => (row.kind === 'tag' ? [row.tag.precision] : []))
    expect(precisions.slice(0, 6)).toEqual(['F16', 'Q8_0', 'Q4_K_M', 'F16', 'Q8_0', 'Q4_K_M'])
  })
})

describe('what a typed name means', () => {
  it.each([
    ['deepseek-r1:7b', /is its q4_K_M/],
    ['deepseek-r1:8b', /another model|0528/],
    ['deepseek-r1', /0528|latest/],
    ['deepseek-r1:latest', /not the Llama distill/],
    ['deepseek-r1:8b-llama-distill-q8_0', /No short tag points here/],
  ])('is told for %s', (name, words) => {
    expect(noteOn(name, catalogue)).toMatch(words)
  })

  it.each(['deepseek-r1:', 'deepseek-r1:1', 'deepseek-r1:70', 'llama3:8b', '', '(', 'a:[b'])(
    'is not made up for %j',
    (name) => {
      expect(noteOn(name, catalogue)).toBeNull()
    },
  )
})

describe('the name of a tag', () => {
  it.each(['specimen', 'specimen:q4_K_M', 'user/model:tag', 'host:5000/user/model:tag', 'hf.co/user/model:Q4_K_M'])(
    '%s will do',
    (name) => {
      expect(tagProblem(name, [])).toBeNull()
      expect(pullProblem(name)).toBeNull()
    },
  )

  it.each(['', ' ', 'a b', '../x', '-a', 'a:', ':b', 'a:b:c', 'a//b', '<script>'])('%j will not do', (name) => {
    expect(tagProblem(name, [])).not.toBeNull()
    expect(pullProblem(name)).not.toBeNull()
  })

  it('is taken where Ollama would see the same tag', () => {
    for (const name of ['specimen', 'specimen:latest', 'Specimen:LATEST', 'library/specimen']) {
      expect(tagProblem(name, ['specimen:latest'])).toMatch(/exists/)
    }
    expect(tagProblem('specimen:q8_0', ['specimen:latest'])).toBeNull()
  })
})
