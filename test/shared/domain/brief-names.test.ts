import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { briefNames } from '#shared/domain/brief-names.ts'

const long = (owner: string, model: string, tag: string) => `hf.co/${owner}/DeepSeek-R1-Distill-${model}-GGUF:${tag}`

describe('briefNames', () => {
  it('leaves names alone that have room', () => {
    expect(briefNames(['F16', 'FP8-E4M3'], 18)).toEqual(['F16', 'FP8-E4M3'])
  })

  it('leaves out words that the names share, and says where', () => {
    const names = [long('bartowski', 'Qwen-7B', 'F16'), long('unsloth', 'Qwen-7B', 'Q4_K_M')]
    expect(briefNames(names, 18)).toEqual(['bartowski…F16', 'unsloth…Q4_K_M'])
    expect(briefNames(['deepseek-r1:7b-qwen-distill', 'deepseek-r1:7b-qwen-distill-q8_0'], 24)).toEqual([
      'distill',
      'distill-q8_0',
    ])
  })

  it('keeps what tells two names apart, wherever it stands in them', () => {
    const names = [
      long('unsloth', 'Qwen-7B', 'Q4_K_M'),
      long('unsloth', 'Llama-8B', 'Q4_K_M'),
      long('bartowski', 'Qwen-7B', 'Q4_K_M'),
      'deepseek-r1:7b-qwen-distill-q4_K_M',
    ]
    expect(briefNames(names, 20)).toEqual(['unsloth…Q4_K_M', 'unsloth…L…-8B…Q4_K_M', 'bartowski…Q4_K_M', 'q4_K_M'])
  })

  it('cuts a name that has nothing to leave out in its middle, where the names still differ', () => {
    expect(briefNames(['somebodys_own_model_a_q4', 'somebodys_own_model_b_q4'], 12)).toEqual([
      'someb…l_a_q4',
      'someb…l_b_q4',
    ])
    expect(briefNames(['a_x_bbbbbbbbbbbbbbbb', 'a_y_bbbbbbbbbbbbbbbb'], 8)).toEqual(['a_x…bbbb', 'a_y…bbbb'])
    expect(briefNames(['aaaaaaaaa_x_bbbbbbbbb', 'aaaaaaaaa_y_bbbbbbbbb'], 8)).toEqual(['1 a…bbbb', '2 a…bbbb'])
  })

  it('is never longer than asked for, and tells apart whatever differs', () => {
    const word = fc.constantFrom('hf.co', 'bartowski', 'R1', 'Distill', 'Qwen', '7B', 'GGUF', 'Q4_K_M', 'F16', 'x')
    const name = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join('-'))
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), (names) => {
        const brief = briefNames(names, 16)
        for (const each of brief) expect(each.length).toBeLessThanOrEqual(16)
        expect(new Set(brief).size).toBe(names.length)
      }),
    )
  })
})
