import { describe, expect, it } from 'vitest'
import { nameFamily } from '#core/engines/ollama/name-family.ts'

describe('a tag belongs to the family of its model', () => {
  it.each([
    ['specimen:f16', null, 'specimen'],
    ['specimen:q4_K_M', 'llama', 'specimen'],
    ['specimen:fp8-e4m3', 'llama', 'specimen'],
    ['specimen:latest', null, 'specimen'],
    ['specimen', null, 'specimen'],
    ['deepseek-r1:7b', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:7b-qwen-distill-q4_K_M', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:7b-qwen-distill-q8_0', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:7b-qwen-distill-fp16', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['library/deepseek-r1:70b', 'llama', 'deepseek-r1 70b-llama-distill'],
    ['deepseek-r1:671b', 'deepseek2', 'deepseek-r1 671b'],
    ['qwen3:8b-q8_0', 'qwen3', 'qwen3 8b'],
    ['qwen3:8b', 'qwen3', 'qwen3 8b'],
    ['hf.co/someone/R1-Distill-Qwen-7B-GGUF:Q4_K_M', 'qwen2', 'deepseek-r1 7b-qwen-distill'],
    ['127.0.0.1:11600/library/specimen:f16', null, '127.0.0.1:11600/library/specimen'],
    ['model:iq3_xxs', null, 'model'],
    ['deepseek-r1:8b', 'constructor', 'deepseek-r1 8b-0528-qwen3'],
  ])('%s (%s) is of %s', (ref, architecture, family) => {
    expect(nameFamily(ref, architecture).family).toBe(family)
  })

  it('knows that 8b and latest of deepseek-r1 are the 0528 distill of Qwen3 today, and says so', () => {
    for (const ref of ['deepseek-r1:8b', 'deepseek-r1:latest', 'deepseek-r1']) {
      const { family, notes } = nameFamily(ref, 'qwen3')
      expect(family).toBe('deepseek-r1 8b-0528-qwen3')
      expect(notes).toEqual([expect.stringContaining('not 8b-llama-distill')])
    }
  })

  it('sees by the architecture that an 8b was pulled before the tag moved', () => {
    const { family, notes } = nameFamily('deepseek-r1:8b', 'llama')
    expect(family).toBe('deepseek-r1 8b-llama-distill')
    expect(notes).toEqual([expect.stringContaining('another model')])
  })
})
