import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProgressMeter } from '#core/engines/ollama/progress-meter.ts'
import { progressLine, type ProgressLine } from '#core/engines/ollama/replies.ts'
import { readRecording, type Era } from './playback-server.ts'

describe('progress never runs backwards', () => {
  const meterAll = (lines: readonly ProgressLine[]) => {
    const meter = createProgressMeter()
    return lines.map((line) => meter.next(line))
  }
  const linesOf = (name: string, era?: Era) =>
    readRecording(name, era)
      .response.chunks.map(({ text }) => text)
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => progressLine.parse(JSON.parse(line)))

  it.each([
    ['pull-resumed', undefined, 7_927_040],
    // The weights, a template, parameters and a configuration.
    ['pull-again', undefined, 7_927_794],
    ['create-q8_0', '0.24', 7_927_040],
  ] as const)('%s rises to its total', (name, era, total) => {
    const told = meterAll(linesOf(name, era))
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    const last = told.at(-1)
    expect(last?.step).toBe('success')
    expect(last?.doneBytes).toBe(last?.totalBytes)
    expect(last?.totalBytes).toBe(total)
  })

  it('does so for anything a server may say', () => {
    const line = fc.record({
      status: fc.constantFrom('pulling', 'verifying'),
      digest: fc.constantFrom('a', 'b', ''),
      total: fc.option(fc.nat(1000), { nil: undefined }),
      completed: fc.option(fc.nat(2000), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const told = meterAll(lines)
        const done = told.map(({ doneBytes }) => doneBytes)
        expect(done).toEqual(done.toSorted((a, b) => a - b))
        for (const { doneBytes, totalBytes } of told) expect(doneBytes).toBeLessThanOrEqual(totalBytes ?? 0)
      }),
    )
  })
})
