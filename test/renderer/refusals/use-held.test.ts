import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReviewQueue } from '#shared/contract/refusal-views.ts'
import { useHeld } from '../../../renderer/screens/refusals/use-held.ts'

interface Asked {
  readonly queue: ReviewQueue | null
  readonly scope?: string
  readonly isFresh?: boolean
  readonly decided?: readonly number[]
}

const queueOf = (...cells: readonly number[]): ReviewQueue => ({ cells, left: cells.length, unlabelled: 0 })

function open(first: Asked) {
  const hook = renderHook(
    ({ queue, scope = 'waiting', isFresh = true, decided = [] }: Asked) =>
      useHeld(queue, { scope, isFresh, isDone: (cell) => decided.includes(cell) }),
    { initialProps: first },
  )
  return {
    next(asked: Asked): number | null {
      hook.rerender(asked)
      return hook.result.current
    },
    now: () => hook.result.current,
  }
}

afterEach(cleanup)

describe('the item that is being read', () => {
  it('stays while others come before it', () => {
    const held = open({ queue: queueOf(5, 6) })
    expect(held.now()).toBe(5)
    expect(held.next({ queue: queueOf(2, 5, 6) })).toBe(5)
    expect(held.next({ queue: { cells: [1, 2, 3], left: 30, unlabelled: 0 } })).toBe(5)
  })

  it('gives way once it is decided', () => {
    const held = open({ queue: queueOf(5, 6) })
    expect(held.next({ queue: queueOf(2, 5, 6), decided: [5] })).toBe(2)
    expect(held.next({ queue: queueOf(2, 6), decided: [5, 2, 6] })).toBeNull()
  })

  it('gives way when somebody else has decided it', () => {
    const held = open({ queue: queueOf(5, 6) })
    expect(held.next({ queue: queueOf(6) })).toBe(6)
  })

  it('gives way to another queue as soon as that is there', () => {
    const held = open({ queue: queueOf(5, 6) })
    expect(held.next({ queue: queueOf(5, 6), scope: 'later', isFresh: false })).toBe(5)
    expect(held.next({ queue: queueOf(6, 5), scope: 'later' })).toBe(6)
  })

  it('is none before there is a queue, and the first when it comes', () => {
    const held = open({ queue: null, isFresh: false })
    expect(held.now()).toBeNull()
    expect(held.next({ queue: queueOf(7) })).toBe(7)
  })
})
