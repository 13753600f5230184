import { describe, expect, it } from 'vitest'
import { catalogue } from '#core/variants/catalogue.ts'
import { fitInMemory, kvCacheBytes, type FitQuestion } from '#core/variants/memory-fit.ts'
import type { ModelGeometry } from '#shared/domain/variant.ts'

const specimen: ModelGeometry = { layers: 4, kvHeads: 4, headSize: 32, vocabulary: 1536 }
const mebibyte = 2 ** 20

const question = (more: Partial<FitQuestion>): FitQuestion => ({
  weightsBytes: 7_873_536,
  geometry: specimen,
  contextTokens: 512,
  trainedTokens: 512,
  freeBytes: 8e9,
  ...more,
})

describe('what a variant needs', () => {
  // /api/ps of Ollama 0.32.15 after loading the specimen on a CPU with a context of 512.
  it.each([
    ['F16', 7_873_536, 16_284_383],
    ['Q4_K_M', 2_440_704, 10_852_759],
  ])('is within 15 %% of what Ollama reports for %s', (_name, weightsBytes, reported) => {
    const { totalBytes } = fitInMemory(question({ weightsBytes }))
    expect(Math.abs(totalBytes - reported) / reported).toBeLessThan(0.15)
  })

  // "CPU compute buffer size" that llama.cpp v0.4.0 prints for models of these shapes, in MiB.
  it.each([
    [{ ...specimen }, 512, 7.01],
    [{ ...specimen }, 2048, 8.51],
    [{ layers: 28, kvHeads: 2, headSize: 128, vocabulary: 151_936 }, 4096, 302.75],
    [{ layers: 28, kvHeads: 4, headSize: 128, vocabulary: 152_064 }, 16_384, 311],
    [{ layers: 32, kvHeads: 8, headSize: 128, vocabulary: 128_256 }, 4096, 266.5],
  ])('has compute buffers as llama.cpp prints them (%o at %d tokens)', (geometry, contextTokens, printed) => {
    const { computeBytes } = fitInMemory(question({ geometry, contextTokens, weightsBytes: 0 }))
    expect(Math.abs(computeBytes / mebibyte - printed) / printed).toBeLessThan(0.05)
  })

  it('counts the key-value cache as llama.cpp does', () => {
    // llama.cpp: "KV buffer size = 1.00 MiB" at 512 tokens, 4.00 MiB at 2048.
    expect(kvCacheBytes(specimen, 512)).toBe(mebibyte)
    expect(kvCacheBytes(specimen, 2048)).toBe(4 * mebibyte)
  })
})

describe('the verdict', () => {
  it('is fits, tight or does-not-fit by what is free', () => {
    const { totalBytes } = fitInMemory(question({}))
    const verdict = (freeBytes: number | null) => fitInMemory(question({ freeBytes })).verdict
    expect(verdict(totalBytes + 512 * mebibyte)).toBe('fits')
    expect(verdict(totalBytes + 512 * mebibyte - 1)).toBe('tight')
    expect(verdict(totalBytes)).toBe('tight')
    expect(verdict(totalBytes - 1)).toBe('does-not-fit')
  })

  it('is unknown, with the reason, where memory or geometry is not known', () => {
    expect(fitInMemory(question({ freeBytes: null }))).toMatchObject({
      verdict: 'unknown',
      note: expect.stringMatching(/not known/),
    })
    expect(fitInMemory(question({ geometry: null }))).toMatchObject({
      verdict: 'unknown',
      note: expect.stringMatching(/not counted/),
    })
    expect(fitInMemory(question({ geometry: null, weightsBytes: 9e9 })).verdict).toBe('does-not-fit')
  })

  it('mentions a context beyond the trained one', () => {
    expect(fitInMemory(question({ contextTokens: 1024 })).note).toContain('trained for 512')
  })
})

describe('the catalogue', () => {
  // Bytes a token, 16 bit, from the models' configurations: 2 · layers · heads · size · 2.
  it.each([
    ['1.5b-qwen-distill', 28_672],
    ['7b-qwen-distill', 57_344],
    ['8b-llama-distill', 131_072],
    ['8b-0528-qwen3', 147_456],
    ['14b-qwen-distill', 196_608],
    ['32b-qwen-distill', 262_144],
    ['70b-llama-distill', 327_680],
  ])('has %s with a cache of %d bytes a token', (stem, bytes) => {
    const entry = catalogue.find(({ family }) => family === `deepseek-r1 ${stem}`)
    expect(entry && kvCacheBytes(entry.geometry, 1)).toBe(bytes)
  })

  it('lists sizes that follow from parameters and bits per weight', () => {
    // Bits per weight of Llama-3.1-8B in llama.cpp's table. Rounding to 0.1 GB and small models' wide embeddings: 10 %.
    const bits: Readonly<Record<string, number>> = { Q4_K_M: 4.8944, Q8_0: 8.5008, F16: 16.0005 }
    for (const { parameters, tags, family } of catalogue) {
      expect(tags.map(({ precision }) => precision)).toEqual(['Q4_K_M', 'Q8_0', 'F16'])
      for (const { precision, sizeBytes } of tags) {
        const expected = (parameters * (bits[precision] ?? 0)) / 8
        expect(Math.abs(sizeBytes - expected) / expected, `${family} ${precision}`).toBeLessThan(0.1)
      }
    }
  })

  it('says what 8b means', () => {
    const notes = catalogue.filter(({ family }) => family.includes(' 8b-')).map(({ note }) => note)
    expect(notes).toHaveLength(2)
    for (const note of notes) expect(note).toContain('deepseek-r1:8b')
  })
})
