import { expect } from 'vitest'
import type { EngineEvent } from '#shared/domain/engine.ts'
import { raw, type Check, type Session } from './session.ts'
import { theEnd } from './the-end.ts'

export function describeEnds({ options, engine, run, request }: Session, check: Check): void {
  check('end', 'ends once, with a reason, counts and times that fit together', async () => {
    const { texts, end } = await run()
    expect(end.reason).toBe('stop')
    expect(end.promptTokens ?? 1).toBeGreaterThan(0)
    const times = texts.map(({ atMs }) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(0)
    expect(end.timings.totalMs).toBeGreaterThanOrEqual(times.at(-1) ?? 0)
    expect(end.timings.firstTokenMs ?? 0).toBeLessThanOrEqual(end.timings.totalMs)
  })

  check('length', 'stops after maxTokens, and the shorter text begins the longer one', async () => {
    const whole = await run()
    const cut = await run({ maxTokens: 6 })
    expect(cut.end.reason).toBe('length')
    expect(cut.end.outputTokens ?? 6).toBe(6)
    expect(cut.text).not.toBe('')
    expect(whole.text.startsWith(cut.text)).toBe(true)
    expect(cut.text.length).toBeLessThan(whole.text.length)
  })

  check('stop', 'ends before a stop string, wherever the tokens are cut', async () => {
    const { text } = await run()
    const at = Math.floor(text.length / 2)
    for (const stop of [text.slice(at, at + 1), text.slice(at, at + 3), text.slice(at - 2, at + 5)]) {
      const stopped = await run({ stop: [stop, 'never written \u0001'] })
      expect(stopped.end.reason).toBe('stop')
      expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)))
    }
  })

  check('cancel', 'ends as cancelled when asked, keeps the text so far, and is usable at once', async () => {
    const whole = await run(raw(options.longAnswerPrompt))
    const stop = new AbortController()
    const seen: EngineEvent[] = []
    for await (const event of engine().generate(request(raw(options.longAnswerPrompt)), stop.signal)) {
      seen.push(event)
      if (seen.length === 3) stop.abort()
    }
    const text = seen.map((event) => (event.kind === 'text' ? event.text : '')).join('')
    expect(theEnd(seen).reason).toBe('cancelled')
    expect(text).not.toBe('')
    expect(whole.text.startsWith(text)).toBe(true)
    expect(text.length).toBeLessThan(whole.text.length)
    expect((await run(raw(options.longAnswerPrompt))).text).toBe(whole.text)
  })

  check('cancel-before', 'ends as cancelled at once when the signal is aborted already', async () => {
    const { texts, end } = await run({}, AbortSignal.abort())
    expect(texts).toEqual([])
    expect(end.reason).toBe('cancelled')
  })
}
