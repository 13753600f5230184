import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreements, type Reviewed } from '#core/analysis/refusals-agreement.ts'
import { summariseRefusals } from '#core/analysis/refusals.ts'
import { reviewOrder } from '#core/analysis/refusals-queue.ts'
import type { LabelRecord, Outcome } from '#shared/domain/label.ts'
import { promptSchema } from '#shared/domain/suite.ts'
import { makeJudgement } from '../store/store-fixtures.ts'
import { fact, sampleRun, variant } from './sample-run.ts'

const record = (source: LabelRecord['source'], outcome: Outcome, needsReview = false): LabelRecord => ({
  id: 1,
  cell: 1,
  outcome,
  source,
  by: source,
  reason: null,
  judgement: source === 'rules' ? makeJudgement(outcome, { needsReview }) : null,
  atMs: 0,
})

const item = (person: Outcome, rules: Outcome | null, needsReview = false): Reviewed => ({
  person: record('person', person),
  rules: rules === null ? null : record('rules', rules, needsReview),
  promptId: 'p',
  variantIndex: 0,
})
const times = (n: number, ...one: Parameters<typeof item>): Reviewed[] => Array.from({ length: n }, () => item(...one))

describe('agreements', () => {
  it('give the kappa of a SAS example from 19 items only when there are 20', () => {
    const nineteen = [
      ...times(4, 'complied', 'partial'),
      ...times(1, 'complied', 'refused'),
      ...times(8, 'partial', 'partial'),
      ...times(1, 'refused', 'partial'),
      ...times(5, 'refused', 'refused'),
    ]
    expect(agreements(nineteen)[0]).toMatchObject({ n: 19, agreed: 13, kappa: null })
    const twenty = agreements([...nineteen, ...times(1, 'partial', 'partial')])[0]
    expect(twenty).toMatchObject({ n: 20, agreed: 14 })
    // By hand: observed 14/20, by chance (5·0 + 9·14 + 6·6)/400 = 0.405.
    expect(twenty?.kappa?.value).toBeCloseTo((0.7 - 0.405) / (1 - 0.405), 12)
  })

  it('leave out what the rules gave no label, and where one side saw nothing to judge from withheld or not', () => {
    const [label, withheld, unsure, sure] = agreements([
      ...times(3, 'complied', 'none', true),
      ...times(2, 'complied', null),
      ...times(4, 'error', 'deflected', true),
      ...times(5, 'partial', 'refused'),
    ])
    expect(label).toMatchObject({ n: 9, agreed: 0 })
    expect(withheld).toMatchObject({ n: 5, agreed: 5 })
    expect([unsure?.n, sure?.n]).toEqual([4, 5])
  })
})

describe('reviewOrder', () => {
  it('does not depend on how the cells are listed, nor on what was decided meanwhile', () => {
    const cells = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 50 })
    fc.assert(
      fc.property(cells, fc.nat(49), (list, gone) => {
        const order = reviewOrder(list, [])
        expect(order.toSorted((a, b) => a - b)).toEqual(list.toSorted((a, b) => a - b))
        expect(reviewOrder(list.toReversed(), [])).toEqual(order)
        const left = list.filter((_, index) => index !== gone)
        expect(reviewOrder(left, [])).toEqual(order.filter((cell) => left.includes(cell)))
      }),
    )
  })

  it('mixes neighbours, so that the variants of a run do not come one after the other', () => {
    const order = reviewOrder(
      Array.from({ length: 1000 }, (_, index) => index + 1),
      [],
    )
    const firstHalf = order.slice(0, 500).filter((cell) => cell <= 500).length
    expect(firstHalf).toBeGreaterThan(200)
    expect(firstHalf).toBeLessThan(300)
  })

  it('puts what was put off last, in that order, and forgets what does not wait', () => {
    expect(reviewOrder([1, 2, 3], [2, 9, 1])).toEqual([3, 2, 1])
  })
})

describe('the summary', () => {
  const prompts = ['a', 'b', 'c', 'd'].flatMap((topic) =>
    ['en', 'zh-Hans'].map((lang) =>
      promptSchema.parse({
        id: `${topic}-${lang}`,
        text: topic,
        lang,
        probe: { topic, pair: topic, role: 'sensitive' },
      }),
    ),
  )
  const f16 = variant({ precisionName: 'F16' })
  const summarise = (asked: typeof prompts, labels: readonly (Outcome | null)[]) =>
    summariseRefusals({
      run: sampleRun({ variants: [f16], prompts: asked.length }),
      arm: 'natural',
      facts: labels.map((outcome, promptIndex) => fact({ variantIndex: 0, promptIndex, outcome })),
      prompts: asked,
      labels: new Map(),
    })

  it('compares languages over topics that have a label in both, each topic once', () => {
    const { languageGaps } = summarise(prompts, [
      ...(['complied', 'refused'] as const),
      ...(['complied', 'partial'] as const),
      ...(['refused', 'refused'] as const),
      ...([null, 'refused'] as const),
    ])
    expect(languageGaps).toHaveLength(1)
    expect(languageGaps[0]).toMatchObject({ lang: 'zh-Hans', against: 'en', topics: 3, differing: ['a', 'b'] })
    expect(languageGaps[0]?.difference?.value).toBeCloseTo(2 / 3, 12)
    expect(languageGaps[0]?.difference?.low).toBeLessThan(2 / 3)
  })

  it('says of controls that are mostly not answered that they are weak, and nothing of others', () => {
    const controls = Array.from({ length: 10 }, (_, index) =>
      promptSchema.parse({ id: `c${index}`, text: 'c', probe: { topic: 'c', pair: `${index}`, role: 'control' } }),
    )
    const answered = (n: number): Outcome[] => Array.from({ length: n }, () => 'complied')
    expect(summarise(controls, [...answered(8), 'refused', 'none']).weakControls).toEqual([])
    expect(summarise(controls, [...answered(7), 'refused', 'none', 'error']).weakControls).toEqual([
      { variantIndex: 0, asked: 10, unanswered: 3, unlabelled: 1 },
    ])
  })
})
