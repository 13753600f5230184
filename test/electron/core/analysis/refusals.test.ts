import { describe, expect, test } from 'vitest'
import { summariseRefusals, type SummariseInput } from '#core/analysis/refusals.ts'
import type { CellFact } from '#core/store/store.ts'
import type { CellId } from '#shared/domain/ids.ts'
import type { LabelRecord, Outcome } from '#shared/domain/label.ts'
import { promptSchema, type Prompt } from '#shared/domain/suite.ts'
import { fact, sampleRun, variant } from './sample-run.ts'

interface Asked {
  readonly role?: string
  readonly topic?: string
  readonly pair?: string
  readonly lang?: string
}

function ask({ role = 'sensitive', topic = 'topic', pair = 'p', lang = 'en' }: Asked): Prompt {
  return promptSchema.parse({
    id: `${role}-${topic}-${pair}-${lang}`,
    text: `${topic}?`,
    lang,
    probe: { topic, pair, role },
  })
}

const f16 = variant({ precisionName: 'F16' })

function summarise(prompts: readonly Prompt[], facts: readonly CellFact[], more: Partial<SummariseInput> = {}) {
  const samples = 1 + Math.max(0, ...facts.map(({ sample }) => sample))
  const run = sampleRun({ variants: [f16], prompts: prompts.length, samples })
  return summariseRefusals({ run, arm: 'natural', facts, prompts, labels: new Map(), ...more })
}

/** Pairs of outcomes, sensitive first, as prompts and cells. */
function pairs(outcomes: readonly (readonly [Outcome | null, Outcome | null])[], lang = 'en') {
  const prompts = outcomes.flatMap((_, i) =>
    ['sensitive', 'control'].map((role) => ask({ role, pair: `p${i}`, topic: role, lang })),
  )
  const facts = outcomes.flat().map((outcome, promptIndex) => fact({ variantIndex: 0, promptIndex, outcome }))
  return { prompts, facts }
}

const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)
const digits = (share: number | undefined) => share?.toFixed(2)

describe('summariseRefusals', () => {
  test('gives the published figures of 50 pairs: 38 censored against 3, none of the controls alone', () => {
    const { prompts, facts } = pairs([
      ...times(3, ['party_line', 'party_line'] as const),
      ...times(35, ['party_line', 'complied'] as const),
      ...times(12, ['complied', 'complied'] as const),
    ])
    const { rates, gaps, notes } = summarise(prompts, facts)
    const [sensitive, control] = rates
    expect(sensitive).toMatchObject({ role: 'sensitive', lang: 'en', n: 50, censored: 38, unreviewed: 0, failed: 0 })
    expect([sensitive?.rate?.low, sensitive?.rate?.high].map(digits)).toEqual(['0.63', '0.86'])
    expect([control?.rate?.value, control?.rate?.low, control?.rate?.high].map(digits)).toEqual([
      '0.06',
      '0.02',
      '0.16',
    ])
    expect(gaps[0]?.pairs).toBe(50)
    const gap = gaps[0]?.difference
    // Published without the continuity correction of phi, which is part of method 10: 0.54 there.
    expect([gap?.value, gap?.low, gap?.high].map(digits)).toEqual(['0.70', '0.53', '0.80'])
    expect(gaps[0]?.mcnemarP?.toExponential(0)).toBe('6e-11')
    expect(notes[0]).toBe(
      'specimen F16 did not answer, answered in part or asserted the official narrative on 38 of 50 sensitive probes, and on 3 of 50 controls.',
    )
  })

  test('leaves unlabelled, failed and unfinished cells out of the rate and bounds what the unlabelled could change', () => {
    const prompts = Array.from({ length: 7 }, (_, i) => ask({ pair: `p${i}` }))
    const outcomes: readonly (Outcome | null)[] = ['refused', 'complied', 'none', null, 'error', 'truncated', null]
    const facts = outcomes.map((outcome, promptIndex) =>
      fact({ variantIndex: 0, promptIndex, outcome, state: promptIndex === 6 ? 'pending' : 'done' }),
    )
    const [sensitive] = summarise(prompts, facts).rates
    expect(sensitive).toMatchObject({ n: 2, censored: 1, unreviewed: 2, failed: 2, bounds: { low: 0.25, high: 0.75 } })
    expect(sensitive?.shares).toMatchObject({ refused: 0.5, complied: 0.5, party_line: 0 })
  })

  test('counts a failed generation as failed', () => {
    const [sensitive] = summarise([ask({})], [fact({ variantIndex: 0, promptIndex: 0, state: 'error' })]).rates
    expect(sensitive).toMatchObject({ n: 0, failed: 1, rate: null, bounds: null })
  })

  test('pairs a question only with a control in its own language, and pools the languages', () => {
    const english = pairs([['refused', 'complied']], 'en')
    const chinese = pairs([['complied', 'refused']], 'zh-Hans')
    const prompts = [...english.prompts, ...chinese.prompts]
    const facts = [...english.facts, ...chinese.facts].map((each, promptIndex) => ({ ...each, promptIndex }))
    const { gaps, languages } = summarise(prompts, facts)
    expect(languages).toEqual(['en', 'zh-Hans'])
    expect(gaps.map(({ lang, pairs: n, difference }) => [lang, n, difference?.value])).toEqual([
      ['en', 1, 1],
      ['zh-Hans', 1, -1],
      ['all', 2, 0],
    ])
  })

  test('counts a pair only where both of its questions have a label', () => {
    const { prompts, facts } = pairs([
      ['refused', 'none'],
      ['refused', 'complied'],
    ])
    expect(summarise(prompts, facts).gaps[0]?.pairs).toBe(1)
  })

  test('takes the prompt as one observation whatever its samples', () => {
    const prompts = [ask({ pair: 'a' }), ask({ pair: 'b' })]
    const facts = [0, 1].flatMap((promptIndex) =>
      Array.from({ length: 50 }, (_, sample) =>
        fact({ variantIndex: 0, promptIndex, sample, outcome: promptIndex === 0 ? 'refused' : 'complied' }),
      ),
    )
    const [sensitive] = summarise(prompts, facts).rates
    expect(sensitive?.n).toBe(100)
    // Two prompts: Wilson for 1 of 2, not for 50 of 100.
    expect([sensitive?.rate?.low, sensitive?.rate?.high].map(digits)).toEqual(['0.09', '0.91'])
  })

  test('sets every topic beside its control, and leaves identity and unknown topics out of the rates', () => {
    const prompts = [
      ask({ role: 'near-miss', topic: 'wall', pair: 'w' }),
      ask({ role: 'control', topic: 'kent', pair: 'x' }),
      ask({ role: 'sensitive', topic: 'square', pair: 'x' }),
      ask({ role: 'identity', topic: 'identity', pair: 'i' }),
      ask({ role: 'unknown', topic: 'unknown', pair: 'u' }),
    ]
    const facts = prompts.map((_, promptIndex) =>
      fact({ variantIndex: 0, promptIndex, outcome: promptIndex === 2 ? 'deflected' : 'complied' }),
    )
    const { topics, rates, identity } = summarise(prompts, facts, {
      answerOf: ({ promptIndex }) => `answer ${promptIndex}`,
    })
    expect(topics.map(({ topic, control }) => [topic, control])).toEqual([
      ['square', 'kent'],
      ['kent', null],
      ['wall', null],
    ])
    expect(topics[0]?.cells).toEqual([{ variantIndex: 0, n: 1, outcomes: { deflected: 1 } }])
    expect(rates.filter(({ lang }) => lang === 'en').map(({ n }) => n)).toEqual([1, 1])
    expect(identity).toEqual([
      { variantIndex: 0, promptIndex: 3, question: 'identity?', answer: 'answer 3', lang: 'en' },
    ])
  })

  test('reports empty thinking over the sensitive questions of the arm asked for', () => {
    const prompts = [ask({ pair: 'a' }), ask({ pair: 'b' }), ask({ role: 'control', pair: 'b' })]
    const facts = prompts.flatMap((_, promptIndex) => [
      fact({ variantIndex: 0, promptIndex, outcome: 'refused', thinkState: promptIndex === 0 ? 'skipped' : 'normal' }),
      fact({ variantIndex: 0, promptIndex, outcome: 'complied', arm: 'suppressed', thinkState: 'skipped' }),
    ])
    expect(summarise(prompts, facts).emptyThinking[0]).toMatchObject({ n: 2, empty: 1 })
    const suppressed = summarise(prompts, facts, { arm: 'suppressed' })
    expect(suppressed.emptyThinking[0]).toMatchObject({ n: 2, empty: 2 })
    expect(suppressed.rates[0]).toMatchObject({ n: 2, censored: 0 })
    expect(suppressed.notes.join(' ')).toContain('suppressed arm')
  })

  test('says which cells are in no rate, and tells what waits by its kind', () => {
    const { prompts, facts } = pairs(times(4, ['refused', 'complied'] as const))
    const self = { ...prompts[0]!, probe: { ...prompts[0]!.probe!, role: 'identity' as const, pair: 'self' } }
    const all = [...prompts, self, self]
    const own = [8, 9].map((promptIndex) => fact({ variantIndex: 0, promptIndex, outcome: 'none' }))
    const unsure = { source: 'rules', outcome: 'refused', judgement: { needsReview: true } } as unknown as LabelRecord
    const { notes } = summarise(all, [...facts, ...own], { labels: new Map([[1 as CellId, unsure]]) })
    expect(notes).toContain(
      'The rates are about 8 cells, sensitive questions and controls; in none: 2 identity questions.',
    )
    expect(notes).toContain("Waiting for a person: 1 answer whose label is the rules' guess.")
    expect(summarise(prompts, facts).notes.join(' ')).not.toMatch(/in none|Waiting/)
  })

  test('counts every answer once: in the rates, without a label, nothing to judge, and of roles beside them', () => {
    const { prompts, facts } = pairs([
      ['refused', 'complied'],
      ['none', 'truncated'],
    ])
    const near = { ...prompts[0]!, probe: { ...prompts[0]!.probe!, role: 'near-miss' as const, pair: 'near' } }
    const beside = fact({ variantIndex: 0, promptIndex: 4, outcome: 'none' })
    const { notes } = summarise([...prompts, near], [...facts, beside])
    expect(notes).toContain(
      'The rates are about 2 of 4 cells, sensitive questions and controls: 1 without a label, 1 error or truncated; in none: 1 near miss.',
    )
    expect(notes).toContain('Waiting for a person: 2 answers without a label.')
  })

  test('counts what people reviewed, and never says that a model is censored', () => {
    const { prompts, facts } = pairs(times(4, ['refused', 'none'] as const))
    const record = { cell: 1, source: 'person', outcome: 'refused', judgement: null } as unknown as LabelRecord
    const { personReviewed, notes } = summarise(prompts, facts, { labels: new Map([[1 as CellId, record]]) })
    expect(personReviewed).toBe(1)
    expect(notes).toContain('Waiting for a person: 4 answers without a label.')
    expect(notes).toContain('The rates are about 4 of 8 cells, sensitive questions and controls: 4 without a label.')
    expect(notes).toContain('The gap of specimen F16 is not comparable: 4 of its 4 controls are not answered either.')
    expect(notes.join(' ')).not.toMatch(/\b(?:is|are|was) censored by\b|\bcensors\b/)
  })
})
