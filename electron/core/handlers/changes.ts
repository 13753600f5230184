import type { ChangedThing } from '#shared/contract/changed-thing.ts'
import type { LabContract } from '#shared/contract/contract.ts'
import type { CallContext, Handlers } from '#shared/contract/wire-types.ts'

/** Tells every page what another one has changed. */
export interface Changes {
  tell(things: readonly ChangedThing[]): void
  /** From now on. A slow reader finds everything that changed meanwhile in one item, each thing once: never a queue. */
  watch(signal: AbortSignal): AsyncIterable<readonly ChangedThing[]>
}

export function createChanges(): Changes {
  const readers = new Set<(things: readonly ChangedThing[]) => void>()
  return {
    tell(things) {
      for (const reader of readers) reader(things)
    },
    async *watch(signal) {
      const waiting = new Set<ChangedThing>()
      let wake = () => {}
      const reader = (things: readonly ChangedThing[]) => {
        for (const thing of things) waiting.add(thing)
        wake()
      }
      const onAbort = () => wake()
      readers.add(reader)
      signal.addEventListener('abort', onAbort)
      try {
        while (!signal.aborted) {
          if (waiting.size === 0) {
            await new Promise<void>((resolve) => {
              wake = resolve
            })
            continue
          }
          const things = [...waiting]
          waiting.clear()
          yield things
        }
      } finally {
        readers.delete(reader)
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}

/** What a call leaves changed, whether it ends well or not. */
const changedBy: { readonly [N in keyof LabContract]?: readonly ChangedThing[] } = {
  'settings.set': ['settings'],
  'store.compact': ['store'],
  'variants.load': ['variants'],
  'variants.unload': ['variants'],
  'variants.delete': ['variants'],
  'variants.copy': ['variants'],
  'variants.pull': ['variants'],
  'variants.make': ['variants'],
  'specimen.prepare': ['variants'],
  'suites.save': ['suites'],
  'suites.generate': ['suites'],
  'suites.duplicate': ['suites'],
  'suites.delete': ['suites'],
  'suites.restore': ['suites'],
  'runs.start': ['runs'],
  'runs.pause': ['runs'],
  'runs.cancel': ['runs'],
  'runs.resume': ['runs'],
  'runs.rename': ['runs'],
  'runs.delete': ['runs', 'store'],
  'runs.regrade': ['runs', 'labels'],
  'refusals.label': ['labels'],
}

/** The same handlers, which tell what they have changed. */
export function announceChanges(handlers: Handlers<LabContract>, changes: Changes): Handlers<LabContract> {
  const announced = Object.entries(changedBy).map(([name, things]) => {
    const handler = handlers[name as keyof LabContract] as (input: unknown, context: CallContext) => unknown
    const answer = (input: unknown, context: CallContext) => {
      const tell = () => changes.tell(things)
      const result = handler(input, context)
      if (isStream(result)) return thenTell(result, tell)
      return Promise.resolve(result).finally(tell)
    }
    return [name, answer]
  })
  return { ...handlers, ...(Object.fromEntries(announced) as Partial<Handlers<LabContract>>) }
}

const isStream = (result: unknown): result is AsyncIterable<unknown> =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result

async function* thenTell(items: AsyncIterable<unknown>, tell: () => void) {
  try {
    yield* items
  } finally {
    tell()
  }
}
