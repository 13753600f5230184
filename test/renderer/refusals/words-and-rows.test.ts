import { describe, expect, it } from 'vitest'
import type { TopicRow } from '#shared/contract/views.ts'
import { factRules, openRules, roleRules, rulesVersion, technicalRules } from '#shared/refusals/rules.ts'
import { parseRoute } from '../../../renderer/routing/route.ts'
import { readablePattern } from '../../../renderer/screens/refusals/fact-list.tsx'
import { stripWords } from '../../../renderer/screens/refusals/label-strip.tsx'
import { mapRows } from '../../../renderer/screens/refusals/map-rows.ts'
import { readFilter, readPlace, readSort, roleButton } from '../../../renderer/screens/refusals/refusals-query.ts'
import { wordsOfRule } from '../../../renderer/screens/refusals/rule-words.ts'
import { measuredRules } from '../../../renderer/screens/refusals/rules-limits.ts'

describe('words for rules', () => {
  it.each([...technicalRules, ...roleRules, ...factRules, ...openRules].map(({ id }) => id))(
    'are there for %s',
    (id) => {
      expect(wordsOfRule(id)).not.toBe(id)
    },
  )

  it('leave the name of a rule that is not known', () => {
    expect(wordsOfRule('facts/of-tomorrow')).toBe('facts/of-tomorrow')
  })

  it('quote the quality that was measured with the rules of today', () => {
    expect(measuredRules).toBe(rulesVersion)
  })
})

describe('the address', () => {
  const place = (hash: string) => readPlace(parseRoute(hash))
  const filter = (hash: string) => readFilter(parseRoute(hash))

  it('names run and tab, either of which may be missing', () => {
    expect(place('#/refusals')).toEqual({ run: null, tab: 'log' })
    expect(place('#/refusals/review')).toEqual({ run: null, tab: 'review' })
    expect(place('#/refusals/17/map')).toEqual({ run: 17, tab: 'map' })
    expect(place('#/refusals/17/nonsense')).toEqual({ run: 17, tab: 'log' })
    expect(place('#/refusals/1e3/map')).toEqual({ run: null, tab: 'log' })
  })

  it('narrows the log, and what is no such thing is no condition', () => {
    expect(
      filter('#/refusals/1/log?variant=2&label=party_line&role=control&topic=t&lang=zh-Hans&review=1&q=a'),
    ).toEqual({
      variantIndexes: [2],
      outcomes: ['party_line'],
      roles: ['control'],
      topics: ['t'],
      languages: ['zh-Hans'],
      needsReview: true,
      query: 'a',
    })
    expect(filter('#/refusals/1/log?variant=-2&label=censored&role=everything&review=yes')).toEqual({})
    expect(filter('#/refusals/1/log?role=other')).toEqual({ roles: ['near-miss', 'identity', 'unknown'] })
  })

  it('presses the button that a role belongs to', () => {
    expect([undefined, 'control', 'identity', 'nonsense'].map(roleButton)).toEqual(['all', 'control', 'other', 'all'])
  })

  it('orders by the run’s prompts unless it says otherwise', () => {
    expect(readSort(parseRoute('#/refusals/1/log?sort=tokens'))).toEqual({ sort: 'prompt', descending: false })
    expect(readSort(parseRoute('#/refusals/1/log?sort=outcome&desc=1'))).toEqual({ sort: 'outcome', descending: true })
  })
})

describe('the map', () => {
  const row = (topic: string, role: string, lang: string, refused: number): TopicRow => ({
    topic,
    role,
    lang,
    control: role === 'sensitive' ? 'river' : null,
    cells: [{ variantIndex: 0, n: 5, outcomes: { refused, complied: 5 - refused } }],
  })
  const topics = [
    row('harbour', 'sensitive', 'en', 4),
    row('river', 'control', 'en', 0),
    row('harbour', 'sensitive', 'zh-Hans', 5),
    row('river', 'control', 'zh-Hans', 1),
    row('bridge', 'near-miss', 'en', 0),
  ]

  it('joins what its columns do not tell apart, and closes each group below its controls', () => {
    const rows = mapRows(topics, (_, variantIndex) => String(variantIndex))
    expect(rows.map(({ topic, last }) => [topic, last])).toEqual([
      ['harbour', false],
      ['river', true],
      ['bridge', true],
    ])
    expect(rows[0]?.cells.get('0')).toEqual({ n: 10, outcomes: { refused: 9, complied: 1 } })
  })

  it('shows one variant by language', () => {
    const [harbour] = mapRows(topics, ({ lang }) => lang)
    expect([...(harbour?.cells.keys() ?? [])]).toEqual(['en', 'zh-Hans'])
  })

  it('says a strip in words, what is furthest from an answer first', () => {
    expect(stripWords({ complied: 1, none: 2, refused: 7 }, 10)).toBe('refused 7, no label 2, complied 1 of 10')
  })
})

describe('a pattern', () => {
  it('is shown as people read it', () => {
    expect(readablePattern(String.raw`by\s+force`)).toBe('by force')
    expect(readablePattern(String.raw`3\.5 million`)).toBe('3.5 million')
  })
})
