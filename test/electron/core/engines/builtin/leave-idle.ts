import { ask, greedy, load, specimen, specimenEngine } from './specimen-engine.ts'

/** A program that uses the engine and then just ends, without closing it. */
const engine = specimenEngine()
const input = { mode: 'raw', prompt: ask('Who are you?') } as const
const request = { ref: specimen, input, load, sampling: greedy, seed: 1, maxTokens: 2, stop: [], alternatives: null }
for await (const event of engine.generate(request, new AbortController().signal)) {
  if (event.kind === 'end') process.stdout.write(event.reason)
}
