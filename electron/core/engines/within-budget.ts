import type { EngineEvent } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'

/** Longer than any token of the vocabularies in use (their longest are some 128 spaces). */
const maxTokenChars = 256

/** Tokens beyond its budget that an engine may send before it is cut: it counts otherwise than we do, but not by much. */
export const slackTokens = (maxTokens: number): number => 16 + Math.ceil(maxTokens / 20)

/**
 * Looks at each event of a generation and refuses one that is clearly past its token budget: the engine, or what stands
 * before it, does not heed the budget and might never end. Whoever reads has then to leave the source, which closes its
 * connection.
 * @throws LabError BUDGET_IGNORED
 */
export function watchBudget(maxTokens: number): (event: EngineEvent) => void {
  const most = maxTokens + slackTokens(maxTokens)
  let tokens = 0
  let chars = 0
  return (event) => {
    if (event.kind === 'end') return
    tokens += event.tokenCount
    chars += event.text.length
    if (tokens > most || chars > most * maxTokenChars) throw ignored(maxTokens)
  }
}

/**
 * Passes a generation on, and cuts it as `watchBudget` says.
 * @throws LabError BUDGET_IGNORED after the text that had arrived
 */
export async function* withinBudget(
  events: AsyncIterable<EngineEvent>,
  maxTokens: number,
): AsyncGenerator<EngineEvent> {
  const check = watchBudget(maxTokens)
  for await (const event of events) {
    yield event
    check(event)
  }
}

function ignored(maxTokens: number): LabError {
  return new LabError('BUDGET_IGNORED', `The engine went on beyond the ${maxTokens} tokens it was asked for.`, {
    hint: 'It was cut off, and its text so far is kept. Update the engine, or see what stands between it and Assay.',
    data: { maxTokens },
  })
}
