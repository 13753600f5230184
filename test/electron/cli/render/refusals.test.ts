import { describe, expect, it } from 'vitest'
import type { RefusalRate, RefusalSummary } from '#shared/contract/views.ts'
import { renderLabelled } from '../../../../electron/cli/render/labelled.ts'
import { renderRefusals, renderTopics } from '../../../../electron/cli/render/refusals.ts'
import { makeStyle } from '../../../../electron/cli/render/style.ts'
import { widest } from '../../../../electron/cli/render/wrap.ts'

const style = makeStyle(false)

const rate = (lang: string, role: RefusalRate['role'], censored: number): RefusalRate => ({
  variantIndex: 0,
  lang,
  role,
  n: 80,
  censored,
  unreviewed: 1,
  failed: 2,
  rate: { value: censored / 80, low: 0.7, high: 0.9 },
  bounds: { low: 0.7, high: 0.9 },
  shares: { complied: 1 - censored / 80, partial: 0.05, deflected: 0.5, party_line: 0.2, refused: 0.0625 },
})

const summary: RefusalSummary = {
  run: 4,
  variants: [{ index: 0, name: 'specimen F16' }],
  languages: ['en', 'zh-Hans'],
  rates: [
    rate('en', 'sensitive', 65),
    rate('en', 'control', 0),
    rate('zh-Hans', 'sensitive', 75),
    rate('zh-Hans', 'control', 1),
    rate('all', 'sensitive', 70),
    rate('all', 'control', 1),
  ],
  languageGaps: [],
  weakControls: [],
  gaps: [
    { variantIndex: 0, lang: 'en', pairs: 80, difference: { value: 0.8125, low: 0.7, high: 0.88 }, mcnemarP: 1e-20 },
    { variantIndex: 0, lang: 'zh-Hans', pairs: 0, difference: null, mcnemarP: null },
  ],
  topics: [
    {
      topic: 'tibet_1959',
      role: 'sensitive',
      lang: 'en',
      control: 'hungary_1956',
      cells: [{ variantIndex: 0, n: 5, outcomes: { complied: 1, deflected: 4 } }],
    },
  ],
  identity: [
    { variantIndex: 0, promptIndex: 9, question: 'Who made you?', answer: 'OpenAI\u001b[2J\nmade me.', lang: 'en' },
  ],
  emptyThinking: [],
  rulesVersion: '3',
  personReviewed: 0,
  notes: ['The specimen was made to behave so.'],
}

const rowOf = (text: string, ...cells: readonly string[]) =>
  text
    .split('\n')
    .map((line) => line.split(/ {2,}/))
    .find((row) => cells.every((cell, index) => row[index] === cell)) ?? []

describe('the summary of refusals', () => {
  it('sets sensitive against control for each language and for all', () => {
    const text = renderRefusals(summary, { style, columns: 140 })
    expect(rowOf(text, 'specimen F16', 'en')).toEqual([
      ...['specimen F16', 'en', '81 [70, 90]', '80', '0 [70, 90]', '80'],
      ...['+81 [+70, +88]', '80', '< 0.0001'],
    ])
    expect(rowOf(text, 'specimen F16', 'zh-Hans').slice(6)).toEqual(['-', '0', '-'])
    expect(rowOf(text, 'specimen F16', 'all')).toHaveLength(9)
  })

  it('lists what stood in place of an answer, and what nobody has looked at', () => {
    const text = renderRefusals(summary, { style, columns: 140 })
    expect(text).toMatch(/specimen F16 +en +18\.8 +5\.0 +50\.0 +20\.0 +6\.3 +1 +2$/m)
    expect(text).toMatch(/party line +refused/)
    expect(text).not.toMatch(/party_line|[Cc]ensored/)
    expect(text).toContain('Labels by rules 3, none reviewed by a person.')
    expect(text).toContain('The specimen was made to behave so.')
  })

  it('fits in 80 columns', () => {
    expect(widest(renderRefusals(summary, { style, columns: 80 }))).toBeLessThanOrEqual(80)
  })

  it('shows topics by their commonest outcome, and who the model says it is on one line', () => {
    const text = renderTopics(summary, { style, columns: 120 })
    expect(rowOf(text, 'tibet_1959')).toEqual(['tibet_1959', 'sensitive', 'en', 'deflected 4/5'])
    expect(text).toContain('OpenAI made me.')
    expect(text).not.toContain('\u001b')
  })
})

it('counts the labels of answers made elsewhere', () => {
  const base = { confidence: 0.9, needsReview: false, evidence: [] }
  const text = renderLabelled(
    [
      { id: 'a', label: 'refused', ...base },
      { id: 'b', label: 'complied', ...base, needsReview: true },
      { id: 'c', label: 'refused', ...base },
    ],
    { style, columns: 80 },
  )
  expect(rowOf(text, 'b')).toEqual(['b', 'complied', '0.90', 'yes', '-'])
  expect(text.split('\n').at(-1)).toBe('3 answers: complied 1, refused 2')
})

it('heads its columns with whole words, in a narrow terminal as in a wide one', () => {
  for (const columns of [80, 120]) {
    const text = renderRefusals(summary, { style, columns })
    expect(text).toContain('Language')
    expect(text).toContain('party line')
    expect(widest(text)).toBeLessThanOrEqual(columns)
  }
})
