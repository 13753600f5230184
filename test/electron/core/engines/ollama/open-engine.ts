import { onTestFinished } from 'vitest'
import type { OllamaEngineOptions } from '#core/engines/ollama/create-ollama-engine.ts'
import type { Engine } from '#core/engines/engine.ts'
import { engineAt } from './playback-engine.ts'
import { answerFrom, startPlayback, type Era, type Playback, type Reply, type SeenRequest } from './playback-server.ts'

/** Closes all of them together when the test is over, however it ends. */
export function closeAtEnd(...opened: readonly { close(): Promise<void> }[]): void {
  onTestFinished(async () => {
    await Promise.all(opened.map((one) => one.close()))
  })
}

/** An engine on a server that answers so; both are closed when the test is over. */
export async function start(
  answer: (request: SeenRequest) => Reply | undefined | Promise<Reply | undefined>,
  more: Pick<OllamaEngineOptions, 'patience'> = {},
): Promise<{ readonly engine: Engine; readonly server: Playback }> {
  const server = await startPlayback(answer)
  const engine = engineAt(server.url, more)
  closeAtEnd(engine, server)
  return { engine, server }
}

/** An engine on a server that answers from these recordings. */
export const play = (names: readonly string[], era?: Era) => start(answerFrom(names, era))
