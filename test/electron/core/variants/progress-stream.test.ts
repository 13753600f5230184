import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { progressStream } from '#core/variants/progress-stream.ts'
import type { Progress } from '#shared/domain/engine.ts'

const report = (doneBytes: number): Progress => ({ step: 'working', doneBytes, totalBytes: 3 })
const never = new AbortController().signal

it('yields reports and returns the result', async () => {
  const stream = progressStream(async (onProgress) => {
    for (const done of [1, 2, 3]) {
      onProgress(report(done))
      await wait(1)
    }
    return 'made'
  }, never)
  const seen: number[] = []
  let next = await stream.next()
  for (; next.done !== true; next = await stream.next()) seen.push(next.value.doneBytes)
  expect(seen.at(-1)).toBe(3)
  expect(next.value).toBe('made')
})

it('gives a slow reader the newest report only', async () => {
  const stream = progressStream(async (onProgress) => {
    for (let done = 1; done <= 1000; done++) onProgress(report(done))
    await wait(1)
  }, never)
  expect((await stream.next()).value).toEqual(report(1000))
  expect((await stream.next()).done).toBe(true)
})

it('throws what the work threw, after its reports', async () => {
  const stream = progressStream(async (onProgress) => {
    onProgress(report(1))
    await wait(1)
    throw new Error('broken')
  }, never)
  expect((await stream.next()).value).toEqual(report(1))
  await expect(stream.next()).rejects.toThrow('broken')
})

it('stops the work when its reader goes', async () => {
  let stopped = false
  const stream = progressStream(async (onProgress, signal) => {
    onProgress(report(1))
    await wait(60_000, null, { signal }).catch(() => {
      stopped = true
    })
  }, never)
  await stream.next()
  await stream.return(undefined)
  await expect.poll(() => stopped).toBe(true)
})
