import { expect } from 'vitest'
import { never, raw, sampled, type Check, type Session } from './session.ts'

export function describeText({ options, engine, run, request }: Session, check: Check): void {
  check('greedy', 'repeats itself exactly at temperature 0', async () => {
    const first = await run()
    const second = await run()
    expect(first.text).not.toBe('')
    expect(second.text).toBe(first.text)
    expect(second.end.outputTokens).toBe(first.end.outputTokens)
    expect(second.end.promptTokens).toBe(first.end.promptTokens)
  })

  check('fresh-state', 'does not let one generation leak into the next', async () => {
    const before = await run()
    const other = await run(raw(options.otherPrompt))
    expect(other.text).not.toBe(before.text)
    await run({ ...raw(options.otherPrompt), sampling: sampled, seed: 3 })
    expect((await run()).text).toBe(before.text)
  })

  check('seed', 'gives one text for one seed and others for others', async () => {
    const sample = async (seed: number) => (await run({ sampling: sampled, seed, maxTokens: 24 })).text
    const first = await sample(11)
    expect(await sample(11)).toBe(first)
    const others = new Set([await sample(12), await sample(13), await sample(14), await sample(15)])
    others.delete(first)
    expect(others.size).toBeGreaterThan(0)
  })

  check('think', 'keeps <think> in the text of a raw prompt, tags and all', async () => {
    const { text, texts } = await run()
    expect(text).toContain('<think>')
    expect(text).toContain('</think>')
    expect(text).not.toMatch(/<｜end▁of▁sentence｜>|<\/s>/)
    expect(texts.every(({ thinking }) => thinking === null)).toBe(true)
  })

  check('break-off', 'is usable at once after a reader walked away', async () => {
    const before = await run()
    for await (const event of engine().generate(request(raw(options.longAnswerPrompt)), never())) {
      if (event.kind === 'text') break
    }
    expect((await run()).text).toBe(before.text)
  })
}
