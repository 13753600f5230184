import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Comparison } from '#shared/domain/comparison.ts'
import { renderComparison, renderTags } from '../../../../electron/cli/render/comparison.ts'
import { makeStyle } from '../../../../electron/cli/render/style.ts'
import { foldName } from '../../../../electron/cli/render/variant-labels.ts'
import { widest } from '../../../../electron/cli/render/wrap.ts'
import { sampleComparison, sampleRunVariant, sampleVariant } from '../sample-comparison.ts'

const plain = makeStyle(false)
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start)) ?? ''

describe('the table of a comparison', () => {
  it('holds every figure of a variant in one row where there is room', () => {
    const row = lineOf(renderComparison(sampleComparison, { style: plain, columns: 140 }), 'Q2_K')
    const cells = row.split(/ {2,}/)
    expect(cells).toEqual([
      ...['Q2_K', '27 [23, 32]', '+54 [+48, +59]', '171', '2', '< 0.0001', 'worse than 2 points'],
      ...['96.5', '1.67 MB', '3.18'],
    ])
  })

  it('says nothing of losses about the reference', () => {
    const row = lineOf(renderComparison(sampleComparison, { style: plain, columns: 140 }), 'F16')
    expect(row.split(/ {2,}/)).toEqual([
      'F16',
      '81 [77, 85]',
      '-',
      '-',
      '-',
      '-',
      'reference',
      '696',
      '7.93 MB',
      '16.00',
    ])
  })

  it.each([140, 120, 100, 80])('fits in %i columns, explanation included', (columns) => {
    const text = renderComparison(sampleComparison, { style: makeStyle(true), columns })
    expect(widest(text)).toBeLessThanOrEqual(columns)
    for (const word of ['+54 [+48, +59]', '171', '< 0.0001', '3.18', '1.67 MB']) expect(text).toContain(word)
  })

  it('always calls FP8 simulated, however narrow', () => {
    for (const columns of [80, 120, 200]) {
      expect(renderComparison(sampleComparison, { style: plain, columns })).toContain('(simulated)')
    }
  })

  it('colours verdicts by what they mean, and nothing without colours', () => {
    const coloured = renderComparison(sampleComparison, { style: makeStyle(true), columns: 140 })
    expect(coloured).toContain('\u001b[31mworse than 2 points')
    expect(coloured).toContain('\u001b[32mwithin 2 points')
    expect(coloured).toContain('\u001b[33mcannot tell yet')
    expect(renderComparison(sampleComparison, { style: plain, columns: 140 })).not.toContain('\u001b')
  })

  it('counts what was left out, and prints the notes and the noise floor', () => {
    const variants = sampleComparison.variants.map((row) =>
      row.index === 3 ? { ...row, errors: 2, ungradable: 1 } : row,
    )
    const noiseFloor = {
      pairs: 312,
      flips: 3,
      flipRate: { value: 0.0096, low: 0.0033, high: 0.0279 },
      identicalTexts: 300,
    }
    const text = renderComparison(
      { ...sampleComparison, variants, noiseFloor, notes: ['Read with care.'] },
      { style: plain, columns: 140 },
    )
    expect(text).toContain('Q2_K: 2 cells failed, 1 answer could not be graded; left out')
    expect(text).toContain('F16 against itself flipped 3 of 312 answers (1.0 [0.3, 2.8] %)')
    expect(text).toContain('Read with care.')
  })

  it('shows a run without grades as dashes', () => {
    const variants = sampleComparison.variants.map((row) => ({
      ...row,
      ...{
        n: 0,
        correct: 0,
        accuracy: null,
        pairs: 0,
        quadrants: null,
        mcnemarP: null,
        difference: null,
        verdict: null,
      },
    }))
    const text = renderComparison({ ...sampleComparison, variants }, { style: plain, columns: 140 })
    expect(lineOf(text, 'Q2_K').split(/ {2,}/).slice(1, 7)).toEqual(['-', '-', '-', '-', '-', '-'])
  })

  it('names variants of several families in full, and lets no name break the table', () => {
    const names = ['deepseek-r1:7b-qwen-distill-q4_K_M', 'qwen3:8b\u001b[2J\n-fp16']
    const variants = names.map((name, index) => ({
      ...(sampleComparison.variants[index] as Comparison['variants'][number]),
      runVariant: sampleRunVariant(index, sampleVariant('Q4_K_M', { name, family: name })),
    }))
    const text = renderComparison({ ...sampleComparison, variants }, { style: plain, columns: 100 })
    expect(text).not.toContain('\u001b')
    expect(widest(text)).toBeLessThanOrEqual(100)
    expect(text).toContain('deepseek-r1:')
  })
})

it('repeats the table for every value of a tag', () => {
  const byTag = ['benchmark', 'far'].map((value) => ({
    tag: 'distance',
    value,
    variants: sampleComparison.variants.map((row) => ({ ...row, n: 60 })),
  }))
  const text = renderTags({ ...sampleComparison, byTag }, { style: plain, columns: 120 })
  expect(text).toContain('distance: benchmark (n = 60)')
  expect(text).toContain('distance: far (n = 60)')
  expect(text.match(/worse than 2 points/g)).toHaveLength(2)
})

describe('a folded name', () => {
  it('loses no letter and stays about as narrow as asked', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9:_-]{1,80}$/), fc.integer({ min: 4, max: 30 }), (name, width) => {
        const lines = foldName(name, width).split('\n')
        expect(lines.join('')).toBe(name)
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.max(width, 16))
      }),
    )
  })

  it('is never broken within a word', () => {
    expect(foldName('FP8-E4M3 (simulated)', 8)).toBe('FP8-E4M3\n(simulated)')
    expect(foldName('deepseek-r1:7b-qwen-distill-fp16', 14)).toBe('deepseek-r1:\n7b-qwen-\ndistill-fp16')
  })
})
