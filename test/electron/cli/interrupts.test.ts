import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { listenForInterrupts } from '../../../electron/cli/interrupts.ts'

function setUp() {
  const source = new EventEmitter()
  const clock = { nowMs: 1000 }
  let quits = 0
  const interrupts = listenForInterrupts(
    source,
    () => {
      quits += 1
    },
    () => clock.nowMs,
  )
  return { source, clock, interrupts, quits: () => quits }
}

describe('Ctrl-C', () => {
  it('asks to end well at the first press and quits at the second', () => {
    const { source, clock, interrupts, quits } = setUp()
    expect(interrupts.signal.aborted).toBe(false)
    source.emit('SIGINT')
    expect(interrupts.signal.aborted).toBe(true)
    expect(quits()).toBe(0)
    clock.nowMs += 2000
    source.emit('SIGINT')
    expect(quits()).toBe(1)
  })

  it('takes the echo that npm sends for the same press', () => {
    const { source, clock, quits } = setUp()
    source.emit('SIGINT')
    clock.nowMs += 30
    source.emit('SIGINT')
    expect(quits()).toBe(0)
  })

  it('treats a polite kill and a closed terminal alike', () => {
    for (const signal of ['SIGTERM', 'SIGHUP']) {
      const { source, interrupts } = setUp()
      source.emit(signal)
      expect(interrupts.signal.aborted).toBe(true)
    }
  })

  it('ends what cannot be told to stop, after a while', () => {
    vi.useFakeTimers()
    try {
      const waiting = setUp()
      const ended = setUp()
      waiting.source.emit('SIGTERM')
      ended.source.emit('SIGTERM')
      ended.interrupts.stop()
      vi.advanceTimersByTime(60_000)
      expect([waiting.quits(), ended.quits()]).toEqual([1, 0])
    } finally {
      vi.useRealTimers()
    }
  })

  it('leaves no listener behind', () => {
    const { source, interrupts } = setUp()
    interrupts.stop()
    expect(source.eventNames()).toEqual([])
  })
})
