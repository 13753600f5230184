import { describe, expect, it } from 'vitest'
import { runSpecSchema } from '#shared/domain/run.ts'
import { loads, right, setUp } from './scripted-run.ts'

describe('the judge', () => {
  it('is loaded once, after everything else, and reads answers only', async () => {
    const { engine, lab } = setUp(
      (request) =>
        request.ref === 'Q8_0'
          ? [`{"quote": "it", "correct": ${!JSON.stringify(request.input).includes('it is 1')}}`]
          : right(request),
      { n: 3, grader: { kind: 'judge', criterion: 'says the number' } },
    )
    const run = await lab.runToEnd({ variants: ['F16', 'Q2_K'], judge: 'Q8_0' })
    expect(loads(engine)).toEqual(['load F16', 'load Q2_K', 'load Q8_0'])
    const judged = engine.requests.filter(({ ref, maxTokens }) => ref === 'Q8_0' && maxTokens > 1)
    expect(judged).toHaveLength(6)
    expect(JSON.stringify(judged)).not.toContain('hm')
    expect(JSON.stringify(judged)).not.toContain('Q2_K')
    expect(lab.store.cells.page(run, { offset: 0, limit: 9 }).rows.map(({ correct }) => correct)).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ])
    engine.log.length = 0
    expect(await lab.runs.regrade(run)).toBe(0)
  })

  it('is looked for when the run is planned, also where no prompt asks for it', async () => {
    const { lab } = setUp(right, { n: 1 })
    const plan = (judge: string) =>
      lab.runs.plan(runSpecSchema.parse({ suites: ['counting'], variants: ['F16'], judge }))
    await expect(plan('nope')).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringContaining('judge'),
    })
    expect((await plan('Q8_0')).warnings).toContainEqual(expect.objectContaining({ code: 'judge-unused' }))
  })
})
