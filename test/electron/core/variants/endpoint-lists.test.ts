import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { createEndpointLists } from '#core/variants/endpoint-lists.ts'
import type { Engine } from '#core/engines/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { endpointId, variantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { sampleVariant } from '../../cli/sample-comparison.ts'

const tag = (endpoint: string, ref: string): Variant => {
  const id = endpointId(endpoint)
  return sampleVariant('F16', { id: variantId(id, ref), endpoint: id, ref, name: ref, family: 'f' })
}
/** An engine that is there, and lists as it is told. */
function engineOf(name: string, list: () => Promise<readonly Variant[]>): Engine {
  const status = () => Promise.resolve({ endpoint: endpointId(name), state: 'ready' })
  return { endpoint: endpointId(name), status, list } as unknown as Engine
}
const refs = (answers: readonly { readonly variants: readonly Variant[] }[]) =>
  answers.map(({ variants }) => variants.map(({ ref }) => ref))

const files = engineOf('builtin', () => Promise.resolve([tag('builtin', '/m/a.gguf')]))
const open = (others: readonly Engine[], soonMs = 20) => {
  const onNews = vi.fn()
  return { onNews, ...createEndpointLists({ engines: () => [files, ...others], onNews, soonMs }) }
}

it('says what all others have where one endpoint fails, and its problem beside them', async () => {
  const failing = engineOf('box', () => Promise.reject(new LabError('ENGINE_FAILED', 'Ollama says: boom.')))
  const { whole, soon, statuses, onNews } = open([failing])
  expect(refs(await whole())).toEqual([['/m/a.gguf'], []])
  expect(refs(await soon())).toEqual([['/m/a.gguf'], []])
  const [builtin, box] = await statuses()
  expect(builtin).not.toHaveProperty('unlisted')
  expect(box).toMatchObject({ state: 'ready', unlisted: { reason: 'Ollama says: boom.', pending: false } })
  // The same problem again is no news.
  expect(onNews).toHaveBeenCalledTimes(1)
})

it('throws what nobody expects', async () => {
  const broken = engineOf('box', () => Promise.reject(new TypeError('a bug')))
  await expect(open([broken]).whole()).rejects.toThrow('a bug')
})

it('does not wait for one that takes long, and tells when it has answered', async () => {
  const answer = Promise.withResolvers<readonly Variant[]>()
  const list = vi.fn(() => answer.promise)
  const { soon, statuses, onNews } = open([engineOf('box', list)])
  expect(refs(await soon())).toEqual([['/m/a.gguf'], []])
  expect((await statuses())[1]).toMatchObject({
    unlisted: { reason: 'box has not yet said what it has.', pending: true },
  })
  expect(refs(await soon())).toEqual([['/m/a.gguf'], []])
  expect(list).toHaveBeenCalledTimes(1)
  expect(onNews).toHaveBeenCalledTimes(1)
  await sleep(1200)
  answer.resolve([tag('box', 'r1:q4')])
  await expect.poll(async () => refs(await soon())).toEqual([['/m/a.gguf'], ['r1:q4']])
  expect((await statuses())[1]).not.toHaveProperty('unlisted')
  await expect.poll(() => onNews.mock.calls.length).toBe(2)
  // What comes too soon after a word is told a second later: one answer is one word.
  await sleep(1200)
  expect(onNews).toHaveBeenCalledTimes(2)
})

it('shows what a slow one had last, and tells when it has something else', async () => {
  const answers = [Promise.resolve([tag('box', 'old')])] as Promise<readonly Variant[]>[]
  const { soon, onNews } = open([engineOf('box', () => answers[0] ?? Promise.reject(new Error('none')))])
  expect(refs(await soon())[1]).toEqual(['old'])
  const late = Promise.withResolvers<readonly Variant[]>()
  answers[0] = late.promise
  expect(refs(await soon())[1]).toEqual(['old'])
  expect(onNews).not.toHaveBeenCalled()
  late.resolve([tag('box', 'new')])
  await expect.poll(() => onNews.mock.calls.length).toBe(1)
  expect(refs(await soon())[1]).toEqual(['new'])
})

it('ends with its signal, while the endpoint is still asked', async () => {
  const { soon } = open([engineOf('box', () => new Promise(() => {}))], 60_000)
  const stop = new AbortController()
  const answer = soon(stop.signal)
  stop.abort()
  await expect(answer).rejects.toThrow('aborted')
})
