import { describe, expect, it } from 'vitest'
import { comparisonTags } from '#core/analysis/compare-tags.ts'
import { compare, pairedFacts } from './paired-run.ts'

describe('compareRun by tag', () => {
  it('compares within each value, distance first and in its own order', () => {
    const facts = pairedFacts([3, 3, 0, 3])
    const distance = ['far', 'benchmark', 'near']
    const { byTag } = compare(facts, { tagsOf: (i) => ({ family: `f${i % 2}`, distance: distance[i % 3]! }) })
    expect(byTag.map(({ tag, value }) => `${tag}=${value}`)).toEqual([
      'distance=benchmark',
      'distance=near',
      'distance=far',
      'family=f0',
      'family=f1',
    ])
    expect(byTag[0]?.variants.map(({ pairs }) => pairs)).toEqual([3, 3])
    const lost = byTag.filter(({ tag }) => tag === 'distance').map(({ variants }) => variants[1]?.quadrants?.lost)
    expect(lost).toEqual([1, 1, 1])
  })

  it('skips a tag that names prompts and one that is the same everywhere', () => {
    const facts = pairedFacts([50, 0, 0, 0])
    const { byTag } = compare(facts, {
      tagsOf: (i) => ({ id: `p${i}`, lang: 'en', half: i < 25 ? 'first' : 'second' }),
    })
    expect(new Set(byTag.map(({ tag }) => tag))).toEqual(new Set(['half']))
  })

  it('keeps to one tag when asked', () => {
    const tagsOf = (i: number) => ({ a: `${i % 2}`, b: `${i % 3}` })
    const { byTag } = compare(pairedFacts([9, 0, 0, 0]), { tagsOf, tag: 'b' })
    expect(byTag.map(({ tag, value }) => tag + value)).toEqual(['b0', 'b1', 'b2'])
  })

  it('reads the language of a prompt as a tag', () => {
    expect(comparisonTags({ lang: 'zh-Hans', tags: { family: 'capital' } })).toEqual({
      lang: 'zh-Hans',
      family: 'capital',
    })
  })
})
