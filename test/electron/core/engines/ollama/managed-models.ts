import type { Engine } from '#core/engines/engine.ts'
import type { Progress } from '#shared/domain/engine.ts'

export const manager = (engine: Engine) => {
  if (engine.models === undefined) throw new Error('an Ollama engine manages models')
  return engine.models
}

/** All that was told until the end. */
export async function all(progress: AsyncIterable<Progress>): Promise<readonly Progress[]> {
  const told: Progress[] = []
  for await (const one of progress) told.push(one)
  return told
}
