import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { comparedPromptPage, promptContext, quadrantPrompts } from '#core/handlers/compared-prompts.ts'
import { openStore } from '#core/store/open-store.ts'
import type { RunId } from '#shared/domain/ids.ts'
import { countingSuite, openRunLab, type RunLab } from '../../../fixtures/run-lab.ts'
import { addRun, failedRecord, makePrompt, makeRecord, makeSuite, tempFolder } from '../store/store-fixtures.ts'

/** Answers by variant, one letter a prompt: r right, w wrong, e error, - not run. */
const answers = { F16: 'rrrrwwe', Q4_K_M: 'rrwwrwr', Q2_K: 'wrwerr-' }

const suite = makeSuite(
  'letters',
  Array.from({ length: 7 }, (_, index) =>
    makePrompt(`p${index}`, {
      text: index === 3 ? `Long ${'word '.repeat(200)}` : `What is ${index}?`,
      grader: { kind: 'number', expected: index, tolerance: 0, relativeTolerance: 0 },
      tags: { distance: index % 2 === 0 ? 'near' : 'far' },
      lang: index === 2 ? 'zh-Hans' : 'en',
      ...(index < 3 ? { pair: 'the same' } : {}),
    }),
  ),
)

describe('prompts of a quadrant', () => {
  let lab: RunLab
  let run: RunId
  const folder = { current: tempFolder() }

  beforeEach(() => {
    folder.current = tempFolder()
    lab = openRunLab([], countingSuite(1), { path: folder.current.storePath })
    run = addRun(lab.store, { prompts: 7, suite, variants: Object.keys(answers) })
    for (const cell of lab.store.cells.missing(run, { errors: false })) {
      const letter = Object.values(answers)[cell.variantIndex]?.[cell.promptIndex]
      const answer = letter === 'r' ? `It is ${cell.promptIndex}.` : 'I do not know.'
      const found = letter === 'r' ? String(cell.promptIndex) : null
      if (letter === 'e') lab.store.cells.record(failedRecord(cell.id))
      if (letter === 'r' || letter === 'w') {
        const grade = { kind: 'graded', correct: letter === 'r', found, version: 'grading/1' } as const
        lab.store.cells.record(makeRecord(cell.id, { answer, grade, thinkingTokens: 10 + cell.variantIndex }))
      }
    }
  })
  afterEach(async () => {
    await lab.close()
    folder.current.remove()
  })

  const indexes = (query: object) =>
    quadrantPrompts(lab, { run, variantIndex: 1, quadrant: 'lost', ...query }).map(({ promptIndex }) => promptIndex)

  it('puts every pair that was graded into one quadrant, and failures into none', () => {
    expect(indexes({ quadrant: 'bothRight' })).toEqual([0, 1])
    expect(indexes({ quadrant: 'lost' })).toEqual([2, 3])
    expect(indexes({ quadrant: 'gained' })).toEqual([4])
    expect(indexes({ quadrant: 'bothWrong' })).toEqual([5])
  })

  it('compares with the reference that is asked for', () => {
    expect(indexes({ variantIndex: 2, reference: 1, quadrant: 'gained' })).toEqual([5])
    expect(indexes({ variantIndex: 2, reference: 1, quadrant: 'lost' })).toEqual([0])
  })

  it('keeps prompts with a tag, a language or a text only', () => {
    expect(indexes({ tag: { name: 'distance', value: 'far' } })).toEqual([3])
    expect(indexes({ tag: { name: 'lang', value: 'zh-Hans' } })).toEqual([2])
    expect(indexes({ query: 'LONG' })).toEqual([3])
    expect(indexes({ query: 'p2' })).toEqual([2])
    expect(indexes({ query: 'nothing of the kind' })).toEqual([])
  })

  it('shows what was expected and what both answered, page by page', () => {
    const query = { run, variantIndex: 1, quadrant: 'lost' } as const
    const page = comparedPromptPage(lab, { ...query, offset: 0, limit: 1 })
    expect(page.total).toBe(2)
    expect(page.rows).toEqual([
      {
        promptIndex: 2,
        promptId: 'p2',
        suite: 'letters',
        text: 'What is 2?',
        lang: 'zh-Hans',
        tags: { distance: 'near' },
        expected: '2',
        sample: 0,
        reference: { variantIndex: 0, correct: true, found: '2', thinkState: 'normal', thinkingTokens: 10, tokens: 34 },
        // Where the grader found nothing, the answer itself.
        variant: {
          variantIndex: 1,
          correct: false,
          found: 'I do not know.',
          thinkState: 'normal',
          thinkingTokens: 11,
          tokens: 34,
        },
      },
    ])
    const [second] = comparedPromptPage(lab, { ...query, offset: 1, limit: 10 }).rows
    expect(second?.promptId).toBe('p3')
    expect(second?.text).toHaveLength(401)
    expect(second?.text.endsWith('…')).toBe(true)
  })

  it('finds the other wordings of a prompt with what every variant made of them', () => {
    const found = lab.runs.get(run)
    const { expected, wordings } = promptContext(lab, found, { promptIndex: 1, arm: 'natural', sample: 0 })
    expect(expected).toBe('1')
    expect(wordings.map(({ promptId }) => promptId)).toEqual(['p0', 'p1', 'p2'])
    expect(wordings[2]?.cells.map(({ correct }) => correct)).toEqual([true, false, false])
    expect(promptContext(lab, found, { promptIndex: 4, arm: 'natural', sample: 0 }).wordings).toEqual([])
  })

  it('reads the cells again when another process has written', () => {
    expect(indexes({ variantIndex: 2, quadrant: 'bothWrong' })).toEqual([])
    const before = lab.runs.facts(run)
    expect(lab.runs.facts(run)).toBe(before)
    const other = openStore({ path: folder.current.storePath })
    const cell = other.cells.find(run, 0, 4, 'natural', 0)
    const mine = other.cells.find(run, 2, 4, 'natural', 0)
    if (cell === null || mine === null) throw new Error('the run has these cells')
    other.cells.setGrade(mine.id, { kind: 'graded', correct: false, found: null, version: 'grading/2' })
    other.close()
    expect(indexes({ variantIndex: 2, quadrant: 'bothWrong' })).toEqual([4])
  })

  it('reads the cells again when this process has written', () => {
    const before = lab.runs.facts(run)
    const mine = lab.store.cells.find(run, 1, 0, 'natural', 0)
    if (mine === null) throw new Error('the run has this cell')
    lab.store.cells.setGrade(mine.id, { kind: 'graded', correct: false, found: null, version: 'grading/2' })
    expect(lab.runs.facts(run)).not.toBe(before)
    expect(indexes({ quadrant: 'lost' })).toEqual([0, 2, 3])
  })
})
