import type { Engine } from '#core/engines/engine.ts'
import type { GenerateRequest } from '#shared/domain/engine.ts'
import { start } from './open-engine.ts'
import { never, outcomeOf } from './playback-engine.ts'
import {
  answerFrom,
  json,
  readRecording,
  type Era,
  type Playback,
  type Reply,
  type SeenRequest,
} from './playback-server.ts'

/** An engine on a server that says its version where the answer to that is left to it. */
export const startVersioned = (answer: (request: SeenRequest) => Reply | undefined, version = '0.32.15') =>
  start((request) => answer(request) ?? (request.path === '/api/version' ? json({ version }) : undefined))

/** An engine on a server that answers from these recordings, and says its version. */
export const playVersioned = (names: readonly string[], era?: Era) =>
  startVersioned(answerFrom([...names, 'version'], era))

/** A server where every generation gets one reply. */
export const replying = (reply: Reply) =>
  startVersioned((request) => (request.path === '/api/generate' ? reply : undefined))

export const generate = (engine: Engine, request: GenerateRequest, signal = never()) =>
  outcomeOf(engine.generate(request, signal))

export const promptOf = (name: string) => String((readRecording(name).request.body as { prompt: string }).prompt)

/** The first body that was sent there. */
export const sent = (server: Playback, path = '/api/generate') =>
  server.requests.find((request) => request.path === path)?.body
