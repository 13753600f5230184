import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import type { RunPlan, RunSpecInput } from '#shared/domain/run.ts'
import { runSpecSchema } from '#shared/domain/run.ts'
import { addSpecOptions, fitContext, makeSpec, type SpecOptions } from '../../../electron/cli/run-spec.ts'
import { sampleRunVariant, sampleVariant } from './sample-comparison.ts'

async function specOf(...argv: string[]): Promise<RunSpecInput> {
  const command = addSpecOptions(new Command().exitOverride().configureOutput({ outputError() {} })).argument(
    '<suite...>',
  )
  command.parse(argv, { from: 'user' })
  return makeSpec(command.args, command.opts<SpecOptions>())
}

describe('the options of a run', () => {
  it('leave every default to the lab', async () => {
    const spec = await specOf('quick', '--variants', 'a')
    expect(spec).toEqual({ suites: ['quick'], variants: ['a'], sampling: {} })
  })

  it('take arms with commas and with spaces', async () => {
    const { arms } = await specOf('quick', '--variants', 'a', '--arms', 'natural,forced', 'chat')
    expect(arms).toEqual(['natural', 'forced', 'chat'])
  })

  it('all arrive in the spec, in its units', async () => {
    const spec = await specOf(
      ...['one', 'two', '--variants', 'a', 'b', '--variants', 'c', '--reference', 'b', '--arms', 'natural', 'chat'],
      ...[
        '--samples',
        '4',
        '--margin',
        '2.5',
        '--seed',
        '7',
        '--temperature',
        '0.6',
        '--top-p',
        '0.9',
        '--top-k',
        '40',
      ],
      ...['--min-p', '0.05', '--repeat-penalty', '1.1', '--context', '2048', '--max-tokens', '512', '--limit', '9'],
      ...['--where', 'distance=far', '--where', 'family=add2', '--alternatives', '5', '--judge', 'j', '--noise-floor'],
      ...['--name', 'Mine', '--threads', '2', '--concurrency', '3', '--idle-timeout', '1.5', '--retries', '0'],
    )
    expect(spec).toEqual({
      suites: ['one', 'two'],
      variants: ['a', 'b', 'c'],
      reference: 'b',
      arms: ['natural', 'chat'],
      samples: 4,
      margin: 0.025,
      sampling: { seed: 7, temperature: 0.6, topP: 0.9, topK: 40, minP: 0.05, repeatPenalty: 1.1 },
      contextTokens: 2048,
      maxTokens: 512,
      limit: 9,
      where: { distance: 'far', family: 'add2' },
      alternatives: 5,
      judge: 'j',
      noiseFloor: true,
      name: 'Mine',
      threads: 2,
      concurrency: 3,
      idleTimeoutMs: 1500,
      retries: 0,
    })
    expect(runSpecSchema.safeParse(spec).success).toBe(true)
  })

  it('let a single setting win over a preset', async () => {
    const { sampling } = await specOf('s', '--variants', 'a', '--preset', 'deepseek-r1', '--temperature', '0')
    expect(sampling).toMatchObject({ temperature: 0, topP: 0.95 })
  })
})

describe('the context of a run', () => {
  const spec: RunSpecInput = { suites: ['s'], variants: ['a'] }
  const planFor = (...contexts: (number | null)[]): RunPlan => ({
    variants: contexts.map((contextTokens, index) => sampleRunVariant(index, sampleVariant('F16', { contextTokens }))),
    suites: [],
    cells: 1,
    loads: 1,
    bytes: 1,
    seconds: null,
    secondsFrom: null,
    mostSeconds: null,
    warnings: [],
    graded: 0,
    resolvablePoints: null,
  })

  it('shrinks to what the smallest variant was trained for', () => {
    const fitted = fitContext(spec, planFor(512, 131_072, null), { contextTokens: 16_384 })
    expect(fitted).toMatchObject({ contextTokens: 512, maxTokens: 256 })
  })

  it('stays where all variants have room, or say nothing', () => {
    expect(fitContext(spec, planFor(131_072), { contextTokens: 16_384 })).toBe(spec)
    expect(fitContext(spec, planFor(null), { contextTokens: 16_384 })).toBe(spec)
  })

  it('stays what somebody chose', () => {
    const chosen = { ...spec, contextTokens: 1024 }
    expect(fitContext(chosen, planFor(512), { contextTokens: 1024 })).toBe(chosen)
  })
})
