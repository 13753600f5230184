import { expect, onTestFinished } from 'vitest'
import type { GenerateRequest } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { countingSuite, openRunLab, type RunLab } from '../../../fixtures/run-lab.ts'
import { scriptedEngine, type Script, type ScriptedEngine } from '../../../fixtures/scripted-engine.ts'

/** Closes the lab when the test is over, and lets the test fail where the lab met a bug. */
export function closeAtEnd(lab: RunLab): void {
  onTestFinished(async () => {
    await lab.close()
    expect(lab.bugs).toEqual([])
  })
}

export const numberIn = (request: GenerateRequest) =>
  /say (\d+)/.exec(request.input.mode === 'raw' ? request.input.prompt : request.input.user)?.[1] ?? '?'

/** A reply that says the number it was asked for. */
export const right = (request: GenerateRequest): Script => [
  '<think>',
  '\n',
  'hm',
  '</think>',
  '\n\n',
  `it is ${numberIn(request)}`,
]

export const failure = (code: 'ENGINE_CRASHED' | 'PROMPT_TOO_LONG' | 'OUT_OF_MEMORY' | 'STREAM_CUT') =>
  new LabError(code, `scripted ${code}`)

/** A lab on one engine that replies so, with a suite of prompts that ask for their own numbers. */
export function setUp(
  reply: (request: GenerateRequest, attempt: number) => Script,
  options: { n?: number; engine?: Partial<Parameters<typeof scriptedEngine>[0]>; grader?: unknown } = {},
): { engine: ScriptedEngine; lab: RunLab } {
  const engine = scriptedEngine({ reply, ...options.engine })
  const lab = openRunLab([engine], countingSuite(options.n ?? 6, options.grader))
  closeAtEnd(lab)
  return { engine, lab }
}

export const loads = (engine: ScriptedEngine) => engine.log.filter((line) => line.startsWith('load'))

export const cellsRun = (engine: ScriptedEngine) => engine.log.filter((line) => line.startsWith('cell'))
