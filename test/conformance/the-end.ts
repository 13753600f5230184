import type { EngineEvent } from '#shared/domain/engine.ts'

export type End = Extract<EngineEvent, { kind: 'end' }>

/** The one end of a stream. Fails where there is none, more than one, or something after it. */
export function theEnd(events: readonly EngineEvent[]): End {
  const ends = events.filter((event) => event.kind === 'end')
  const last = events.at(-1)
  if (ends.length !== 1 || last?.kind !== 'end') {
    throw new Error(`expected one end, at the end: ${JSON.stringify(events.map(({ kind }) => kind))}`)
  }
  return last
}
