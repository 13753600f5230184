import { describe, expect, it } from 'vitest'
import { catalogue } from '#core/variants/catalogue.ts'
import { familyOfFile, familyOfTag } from '#core/variants/family-name.ts'

describe('the family of a tag', () => {
  it.each([
    ['deepseek-r1:7b-qwen-distill-q4_K_M', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:7b-qwen-distill-fp16', 'deepseek-r1 7b-qwen-distill'],
    ['deepseek-r1:1.5b', 'deepseek-r1 1.5b-qwen-distill'],
    ['deepseek-r1:8b', 'deepseek-r1 8b-0528-qwen3'],
    ['deepseek-r1', 'deepseek-r1 8b-0528-qwen3'],
    ['deepseek-r1:latest', 'deepseek-r1 8b-0528-qwen3'],
    ['deepseek-r1:8b-llama-distill-q8_0', 'deepseek-r1 8b-llama-distill'],
    ['registry.ollama.ai/library/deepseek-r1:14b', 'deepseek-r1 14b-qwen-distill'],
    ['hf.co/bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF:Q4_K_M', 'deepseek-r1 7b-qwen-distill'],
    ['specimen:f16', 'specimen'],
    ['specimen:q4_K_M', 'specimen'],
    ['specimen-q8_0:latest', 'specimen'],
    ['specimen:fp8-e4m3', 'specimen'],
    ['llama3.2:3b-instruct-q4_K_M', 'llama3.2 3b-instruct'],
    ['qwq:32b', 'qwq 32b'],
    ['me/thing:Q2_K', 'me/thing'],
  ])('%s is %s', (tag, family) => expect(familyOfTag(tag)).toBe(family))

  it('is the catalogue’s for every tag of the catalogue', () => {
    for (const { family, tags } of catalogue) for (const { tag } of tags) expect(familyOfTag(tag)).toBe(family)
  })
})

describe('the family of a file', () => {
  it.each([
    ['specimen-Q8_0.gguf', 'Assay specimen 3.9M', 'specimen'],
    ['DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf', null, 'deepseek-r1 7b-qwen-distill'],
    ['DeepSeek-R1-Distill-Llama-8B-UD-Q2_K_XL.gguf', null, 'deepseek-r1 8b-llama-distill'],
    ['DeepSeek-R1-0528-Qwen3-8B-IQ4_XS.gguf', null, 'deepseek-r1 8b-0528-qwen3'],
    ['Qwen2.5-0.5B-Instruct-f16.gguf', 'Qwen2.5 0.5B Instruct', 'qwen2.5-0.5b-instruct'],
    ['Qwen2.5-0.5B-Instruct.Q6_K.gguf', null, 'qwen2.5-0.5b-instruct'],
    ['thing-FP8-E4M3.gguf', null, 'thing'],
    // Fine-tunes of a distill are models of their own.
    ['DeepSeek-R1-Distill-Qwen-7B-abliterated-Q4_K_M.gguf', null, 'deepseek-r1-distill-qwen-7b-abliterated'],
    [
      'cyberagent-DeepSeek-R1-Distill-Qwen-14B-Japanese-Q8_0.gguf',
      null,
      'cyberagent-deepseek-r1-distill-qwen-14b-japanese',
    ],
    ['deepseek-ai_DeepSeek-R1-0528-Qwen3-8B-Q4_K_M.gguf', null, 'deepseek-r1 8b-0528-qwen3'],
    [`sha256-${'a'.repeat(64)}`, 'DeepSeek R1 Distill Qwen 14B', 'deepseek-r1 14b-qwen-distill'],
    [`sha256-${'a'.repeat(64)}`, null, `sha256-${'a'.repeat(64)}`],
  ])('%s (%s) is %s', (file, inside, family) => expect(familyOfFile(file, inside)).toBe(family))
})
