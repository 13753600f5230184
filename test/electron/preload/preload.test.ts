// @vitest-environment jsdom
// Item 20 of Electron's security checklist: what of Electron is within the page's reach.
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'

const seen = vi.hoisted(() => ({
  exposed: [] as unknown[][],
  posted: [] as unknown[][],
  heard: {} as Record<string, (event: unknown, detail: unknown) => void>,
}))
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (...args: unknown[]) => void seen.exposed.push(args) },
  ipcRenderer: {
    postMessage: (...args: unknown[]) => void seen.posted.push(args),
    on: (channel: string, listener: (event: unknown, detail: unknown) => void) => void (seen.heard[channel] = listener),
  },
}))

const given = vi.fn<(...args: unknown[]) => void>()
beforeAll(async () => {
  vi.stubGlobal(
    'MessageChannel',
    class {
      port1 = 'to the lab'
      port2 = 'to the page'
    },
  )
  vi.spyOn(window, 'postMessage').mockImplementation(given)
  await import('../../../electron/preload/preload.ts')
})
beforeEach(() => {
  seen.posted.length = 0
  given.mockClear()
})

const send = (data: unknown, source: Window | null) =>
  window.dispatchEvent(new MessageEvent('message', { data, source }))

it('exposes one constant and nothing that can be called', () => {
  expect(seen.exposed).toEqual([['assayHost', { kind: 'desktop' }]])
})

it('opens a way to the lab when this window asks for one', () => {
  send('assay:connect', window)
  expect(seen.posted).toEqual([['assay:port', null, ['to the lab']]])
  expect(given.mock.calls).toEqual([['assay:port', window.location.origin, ['to the page']]])
})

it('opens none for others, nor for other words', () => {
  send('assay:connect', null)
  send('assay:port', window)
  send({ toString: () => 'assay:connect' }, window)
  expect(seen.posted).toEqual([])
  expect(given.mock.calls).toEqual([])
})

it('passes on commands as plain events, without Electron’s', () => {
  const heard: unknown[] = []
  window.addEventListener('assay:command', (event) => heard.push((event as CustomEvent).detail))
  expect(Object.keys(seen.heard)).toEqual(['assay:command'])
  seen.heard['assay:command']?.({ sender: 'of Electron' }, 'go:runs')
  expect(heard).toEqual(['go:runs'])
})
