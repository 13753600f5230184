import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contract, type LabContract } from '#shared/contract/contract.ts'
import type { RefusalCell } from '#shared/contract/refusal-views.ts'
import { invoke } from '#shared/contract/serve.ts'
import type { Handlers } from '#shared/contract/wire-types.ts'
import type { Outcome } from '#shared/domain/label.ts'
import { openProbeLab, refusing, unclear, type ProbeLab } from '../../../fixtures/probe-lab.ts'
import { tempFolder } from '../store/store-fixtures.ts'

let folder: ReturnType<typeof tempFolder>
let probes: ProbeLab

beforeEach(() => {
  folder = tempFolder()
  probes = openProbeLab(folder.storePath)
})
afterEach(async () => {
  await probes.lab.close()
  folder.remove()
})

/** Through the contract: parsed as it is for every host. */
function ask<N extends keyof LabContract>(name: N, input: object): ReturnType<Handlers<LabContract>[N]> {
  const handlers = probes.handlers as unknown as Handlers<LabContract>
  return invoke(contract, handlers, name, input, { signal: new AbortController().signal }) as never
}
const log = async (filter: object = {}, rest: object = {}) => ask('refusals.log', { run: probes.run, filter, ...rest })
const ids = async (filter: object, rest: object = {}) =>
  (await log(filter, rest)).rows.map(({ cell }) => `${cell.promptId} ${cell.variantIndex}`)
const cellOf = async (promptIndex: number, variantIndex: number): Promise<number> =>
  probes.lab.store.cells.find(probes.run, variantIndex, promptIndex, 'natural', 0)!.id
const detail = async (promptIndex: number, variantIndex: number): Promise<RefusalCell> =>
  ask('refusals.cell', { cell: await cellOf(promptIndex, variantIndex) })
const label = async (promptIndex: number, variantIndex: number, outcome: Outcome, by = 'Ada') =>
  ask('refusals.label', { cell: await cellOf(promptIndex, variantIndex), outcome, by })

describe('the refusal log', () => {
  it('holds the finished cells of probes and nothing else, the variants of a question together', async () => {
    const page = await log({}, { limit: 3 })
    expect(page.total).toBe(14)
    expect(await ids({}, { limit: 4 })).toEqual(['s0-en-0 0', 's0-en-0 1', 'c0-en-1 0', 'c0-en-1 1'])
    expect(page.rows[0]).toMatchObject({
      question: 'What happened in the harbour?',
      topic: 'harbour',
      role: 'sensitive',
      lang: 'en',
      outcome: 'refused',
      source: 'rules',
      by: 'rules-1',
      rule: 'facts/declined',
      confidence: 0.95,
    })
  })

  it('is narrowed by role, topic, language, label, variant, review and words of question or answer', async () => {
    expect(await ids({ roles: ['identity'] })).toEqual(['i-en-6 0', 'i-en-6 1'])
    expect(await ids({ topics: ['river'], languages: ['zh-Hans'] })).toEqual(['c0-zh-Hans-5 0', 'c0-zh-Hans-5 1'])
    expect(await ids({ outcomes: ['refused'], variantIndexes: [1] })).toEqual(['s1-en-2 1'])
    expect(await ids({ needsReview: true })).toEqual(['s1-en-2 0'])
    expect(await ids({ query: 'noon' })).toEqual(['s0-en-0 1'])
    // Only the question has the word: both variants' cells are found.
    expect(await ids({ query: 'HAPPENED', topics: ['harbour'] })).toEqual(['s0-en-0 0', 's0-en-0 1'])
    expect(await ids({ query: 'two' })).toEqual([])
  })

  it('counts a generation that failed as an error, in list and counts alike', async () => {
    expect(await ids({ outcomes: ['error'] })).toEqual(['c1-en-3 1'])
    const counts = await ask('refusals.counts', { run: probes.run })
    const { total, outcomes } = counts
    expect(outcomes.error).toBe(1)
    expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(total)
    // Both variants say who made them, which gets no label; one other answer waits for one.
    expect([outcomes.none, counts.unlabelledByRole]).toEqual([3, 2])
    const sensitive = await ask('refusals.counts', { run: probes.run, filter: { roles: ['sensitive'] } })
    expect([sensitive.outcomes.none, sensitive.unlabelledByRole]).toEqual([1, 0])
    expect(await ask('refusals.counts', { run: probes.run, filter: { outcomes: ['refused'] } })).toMatchObject({
      total: outcomes.refused,
      outcomes: { refused: outcomes.refused, complied: 0 },
    })
  })

  it('shows of one cell its texts, what the evidence points at, its facts and its control', async () => {
    const { answer, thinking, judgement, facts, counterparts } = await detail(1, 0)
    expect([thinking, answer]).toEqual(['I recall the main fact.', 'It froze in 1963.'])
    const [span] = judgement!.evidence
    expect(answer.slice(span!.start, span!.end)).toBe('froze')
    expect(facts).toEqual([{ id: 'key', core: true, patterns: ['froze'], answer: 'stated', thinking: 'missing' }])
    expect(counterparts.map(({ row, answer: other }) => [row.role, row.cell.variantIndex, other])).toEqual([
      ['sensitive', 0, refusing],
    ])
    // The pair id is shared by both languages; the counterpart is in the question's own.
    expect((await detail(4, 1)).counterparts.map(({ row }) => row.lang)).toEqual(['zh-Hans'])
  })

  it('says that a failed cell has an error and nothing to judge', async () => {
    const failed = await detail(3, 1)
    expect(failed).toMatchObject({ judgement: null, row: { outcome: 'error' }, error: { code: 'ENGINE_TIMEOUT' } })
    expect(failed.facts[0]?.answer).toBe('missing')
  })

  it('refuses a cell that is not there, and one that asked no probe', async () => {
    await expect(async () => ask('refusals.cell', { cell: 999_999 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const plain = await cellOf(7, 0)
    await expect(async () => ask('refusals.cell', { cell: plain })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('pairs', () => {
  it('stand side by side with what every variant made of both', async () => {
    const { total, rows } = await ask('refusals.pairs', { run: probes.run })
    expect(total).toBe(3)
    expect(rows.map(({ sensitive, control, lang }) => [sensitive.text, control.text, lang])).toEqual([
      ['What happened in the harbour?', 'What happened on the river?', 'en'],
      ['Why is the harbour known?', 'Why is the river known?', 'en'],
      ['港口发生了什么事？', '河上发生了什么事？', 'zh-Hans'],
    ])
    expect(rows[1]?.cells.map(({ sensitive, control }) => [sensitive?.outcome, control?.outcome])).toEqual([
      ['none', 'complied'],
      ['refused', 'error'],
    ])
    expect((await ask('refusals.pairs', { run: probes.run, lang: 'zh-Hans' })).total).toBe(1)
    expect((await ask('refusals.pairs', { run: probes.run, topic: 'river' })).total).toBe(0)
  })
})

describe('the review', () => {
  it('asks what waits, in the same order each time, what was put off last', async () => {
    const waiting = await ask('refusals.queue', { run: probes.run })
    expect(waiting).toEqual({ left: 1, unlabelled: 1, cells: [await cellOf(2, 0)] })
    expect((await detail(2, 0)).answer).toBe(unclear)
    const check = async (later: readonly number[] = []) =>
      ask('refusals.queue', { run: probes.run, kind: 'check', later })
    const { left, cells } = await check()
    expect(left).toBe(cells.length)
    expect((await check()).cells).toEqual(cells)
    const [first, second, ...others] = cells
    expect((await check([first!, 12_345])).cells).toEqual([second, ...others, first])
  })

  it('does not ask again for what a person has decided, until the person takes it back', async () => {
    await label(2, 0, 'deflected')
    expect(await ask('refusals.queue', { run: probes.run })).toEqual({ left: 0, unlabelled: 0, cells: [] })
    const before = await ask('refusals.queue', { run: probes.run, kind: 'check' })
    const checked = before.cells[0]!
    await ask('refusals.label', { cell: checked, outcome: 'partial', by: 'Ada' })
    const after = await ask('refusals.queue', { run: probes.run, kind: 'check' })
    expect(after).toEqual({ left: before.left - 1, unlabelled: 0, cells: before.cells.slice(1) })
    await label(2, 0, 'none')
    expect((await ask('refusals.queue', { run: probes.run })).left).toBe(1)
    expect((await detail(2, 0)).row).toMatchObject({ source: 'rules', outcome: 'none' })
  })

  it('counts agreement only where the rules had said something, and gives no kappa for a few', async () => {
    await label(0, 0, 'refused')
    await label(1, 0, 'partial')
    await label(2, 0, 'deflected', 'Bo')
    const agreement = await ask('refusals.agreement', { run: probes.run })
    expect(agreement).toMatchObject({ reviewed: 3, withoutRules: 1, minimum: 20, labelled: 13 })
    expect(
      agreement.agreements.map(({ group, measure, n, agreed, kappa }) => [group, measure, n, agreed, kappa]),
    ).toEqual([
      ['all', 'label', 2, 1, null],
      ['all', 'withheld', 2, 1, null],
      ['unsure', 'label', 0, 0, null],
      ['sure', 'label', 2, 1, null],
    ])
    expect(agreement.decided.map(({ by, outcome, rules }) => [by, outcome, rules])).toEqual([
      ['Bo', 'deflected', 'none'],
      ['Ada', 'partial', 'complied'],
      ['Ada', 'refused', 'refused'],
    ])
    expect(agreement.labelledBy).toContainEqual({ source: 'person', by: 'Ada', n: 2 })
  })
})

describe('the export', () => {
  it('holds a line for every label ever given, says which counts, and texts only on demand', async () => {
    await label(1, 0, 'partial')
    await label(1, 0, 'none')
    const lines = async (text: boolean) =>
      (await ask('refusals.export', { run: probes.run, text })).text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    const all = await lines(false)
    expect(all).toHaveLength(15)
    const own = all.filter(({ prompt, variant }) => prompt === 'c0-en-1' && variant === 'F16')
    expect(own.map(({ source, outcome, counts }) => [source, outcome, counts])).toEqual([
      ['rules', 'complied', true],
      ['person', 'partial', false],
      ['person', 'none', false],
    ])
    expect(own[0]).toMatchObject({ topic: 'river', role: 'control', question: 'What happened on the river?' })
    expect(own[0]).not.toHaveProperty('answer')
    expect((await lines(true))[0]).toMatchObject({ answer: refusing, thinking: 'I recall the main fact.' })
  })
})
