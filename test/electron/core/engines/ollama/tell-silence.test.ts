import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tellSilence } from '#core/engines/ollama/tell-silence.ts'
import type { Progress } from '#shared/domain/engine.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const report = (step: string, doneBytes = 0): Progress => ({ step, doneBytes, totalBytes: 100 })
const never = new AbortController().signal

/** What comes when it is let, and what was asked of the source meanwhile. */
function source() {
  const waiting: ((report: Progress | null) => void)[] = []
  const seen = { aborted: false }
  async function* open(signal: AbortSignal) {
    signal.addEventListener('abort', () => {
      seen.aborted = true
    })
    for (;;) {
      const next = await new Promise<Progress | null>((resolve) => waiting.push(resolve))
      if (next === null) return
      yield next
    }
  }
  const say = async (next: Progress | null) => {
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    waiting.pop()?.(next)
  }
  return { open, say, seen }
}

it('says for how long nothing came, again and again, and not that it failed', async () => {
  const { open, say } = source()
  const told = tellSilence(open, never, { pace: { afterMs: 10_000, everyMs: 5000 } })
  const first = told.next()
  await say(report('verifying sha256 digest', 90))
  expect((await first).value).toEqual(report('verifying sha256 digest', 90))
  for (const seconds of [10, 15, 20]) {
    const next = told.next()
    await vi.advanceTimersByTimeAsync(seconds === 10 ? 10_000 : 5000)
    expect((await next).value).toEqual({ ...report('verifying sha256 digest', 90), silentSeconds: seconds })
  }
  const spoken = told.next()
  await say(report('writing manifest', 100))
  expect((await spoken).value).toEqual(report('writing manifest', 100))
  const end = told.next()
  await say(null)
  expect((await end).done).toBe(true)
})

it('says so from the start, where not a word comes at all', async () => {
  const { open } = source()
  const told = tellSilence(open, never, { pace: { afterMs: 10_000, everyMs: 5000 } })
  const next = told.next()
  await vi.advanceTimersByTimeAsync(10_000)
  expect((await next).value).toEqual({ step: '', doneBytes: 0, totalBytes: null, silentSeconds: 10 })
})

it('goes on from what stood there before, where not a word comes', async () => {
  const { open } = source()
  const told = tellSilence(open, never, {
    first: report('uploaded', 100),
    pace: { afterMs: 10_000, everyMs: 5000 },
  })
  const next = told.next()
  await vi.advanceTimersByTimeAsync(10_000)
  expect((await next).value).toEqual({ ...report('uploaded', 100), silentSeconds: 10 })
})

it('closes its source when the reader leaves amid a silence, without waiting for a word', async () => {
  const { open, seen } = source()
  const told = tellSilence(open, never, { pace: { afterMs: 10_000, everyMs: 5000 } })
  const next = told.next()
  await vi.advanceTimersByTimeAsync(10_000)
  await next
  await told.return(undefined)
  expect(seen.aborted).toBe(true)
})

it('hands on what its source fails with', async () => {
  async function* failing() {
    yield report('pulling manifest')
    await Promise.resolve()
    throw new Error('the connection broke')
  }
  const told = tellSilence(failing, never)
  await told.next()
  await expect(told.next()).rejects.toThrow('the connection broke')
})
