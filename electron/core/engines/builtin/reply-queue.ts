/** What a callback brings, for a reader that takes it in order: items, then an end or an error. */
export interface ReplyQueue<T> extends AsyncIterable<T> {
  readonly push: (item: T) => void
  readonly end: () => void
  /** The reader gets what had arrived, then the error. */
  readonly fail: (error: unknown) => void
}

export function createReplyQueue<T>(): ReplyQueue<T> {
  let items: T[] = []
  let outcome: { readonly error: unknown } | 'ended' | null = null
  let wake = () => {}
  const settle = (how: { readonly error: unknown } | 'ended') => {
    outcome ??= how
    wake()
  }
  return {
    push(item) {
      if (outcome === null) items.push(item)
      wake()
    },
    end: () => settle('ended'),
    fail: (error) => settle({ error }),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const taken = items
        items = []
        yield* taken
        if (items.length > 0) continue
        if (outcome === 'ended') return
        if (outcome !== null) throw outcome.error
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
