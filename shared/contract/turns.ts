/** Runs actions, so many at a time, in the order they came, each not before there is room for what it makes. */
export function createTurns(
  most: number,
  room: () => Promise<void> | undefined,
): <T>(signal: AbortSignal, action: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let taken = 0
  const end = () => {
    const next = waiting.shift()
    if (next === undefined) taken -= 1
    else next()
  }
  return async (signal, action) => {
    if (taken < most) taken += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      await room()
      signal.throwIfAborted()
      return await action()
    } finally {
      end()
    }
  }
}
