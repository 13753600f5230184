import { describe, expect, it } from 'vitest'
import { headerFamily, modelShape } from '#core/variants/model-header.ts'

const named = (entries: Readonly<Record<string, unknown>>) => headerFamily((key) => entries[key])
const header = (basename: string, size: string | null = null, finetune: string | null = null) =>
  named({ 'general.basename': basename, 'general.size_label': size, 'general.finetune': finetune })

describe('the model that a header names', () => {
  it.each([
    ['DeepSeek-R1-Distill-Qwen', '7B', null, 'deepseek-r1 7b-qwen-distill'],
    ['DeepSeek-R1-Distill-Qwen', '1.5B', null, 'deepseek-r1 1.5b-qwen-distill'],
    ['DeepSeek-R1-Distill-Llama', '8B', null, 'deepseek-r1 8b-llama-distill'],
    ['DeepSeek-R1-0528-Qwen3', '8B', null, 'deepseek-r1 8b-0528-qwen3'],
    ['Deepseek-R1-0528-Qwen3-8B', '8B', null, 'deepseek-r1 8b-0528-qwen3'],
    ['Qwen2.5', '7B', 'Instruct', 'qwen2.5-7b-instruct'],
    ['DeepSeek-R1-Distill-Qwen', '7B', 'abliterated', 'deepseek-r1-distill-qwen-7b-abliterated'],
    ['Llama 3.1', '8B', null, 'llama-3.1-8b'],
  ])('%s, %s, %s is %s', (basename, size, finetune, family) => expect(header(basename, size, finetune)).toBe(family))

  it.each(['', 'model', 'checkpoint-500', 'merged', '3f786850e387550fdab836ed7e6dc881de23001b', 'Output'])(
    'is none where the base name is %j: a converter did not know it',
    (basename) => expect(header(basename, '7B')).toBeNull(),
  )

  it('is none without a base name, whatever else there is', () => {
    expect(named({ 'general.name': 'LLaMA v2', 'general.size_label': '7B' })).toBeNull()
    expect(named({ 'general.basename': 7 })).toBeNull()
  })
})

describe('the shape of a model', () => {
  const geometry = { layers: 28, kvHeads: 4, headSize: 128, vocabulary: 152_064 }
  const tensors = [{ name: 'token_embd.weight', type: 'Q4_K', shape: [3584, 152_064] }]

  it('is the architecture with its dimensions', () => {
    expect(modelShape('qwen2', geometry, tensors)).toBe(
      'qwen2, 28 layers of 3584, 4 KV heads of 128, vocabulary 152064',
    )
  })

  it('is not known where one of them is missing', () => {
    expect(modelShape(null, geometry, tensors)).toBeNull()
    expect(modelShape('qwen2', null, tensors)).toBeNull()
    expect(modelShape('qwen2', geometry, [])).toBeNull()
  })
})
