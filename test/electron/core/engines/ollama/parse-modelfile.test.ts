import { describe, expect, it } from 'vitest'
import { findWeights, parseParameters, typedParameters } from '#core/engines/ollama/parse-modelfile.ts'

describe('a modelfile names the weights', () => {
  const hex = 'a'.repeat(64)

  it('takes the path of the first instruction, on every system', () => {
    expect(findWeights(`# a\n\nFROM /m/blobs/sha256-${hex}\nTEMPLATE x`)?.path).toBe(`/m/blobs/sha256-${hex}`)
    expect(findWeights(`FROM C:\\m\\blobs\\sha256-${hex}\r\n`)?.digest).toBe(`sha256:${hex}`)
  })

  it.each([
    ['a template cannot smuggle in another FROM', `TEMPLATE """\nFROM /m/sha256-${hex}\n"""`],
    ['another model is no file', 'FROM llama3'],
    ['a path that is no blob is not believed', 'FROM /etc/passwd'],
    ['a blob-like folder is no blob', `FROM /m/sha256-${hex}/passwd`],
    ['there is nothing in nothing', ''],
  ])('%s', (_, modelfile) => expect(findWeights(modelfile)).toBeNull())

  it('reads parameters as they are printed, quotes and repeats included', () => {
    const text =
      'num_ctx                        512\nstop                           "<｜User｜>"\nstop  "a \\"b\\"\\n"\n'
    expect(parseParameters(text)).toEqual({ num_ctx: ['512'], stop: ['<｜User｜>', 'a "b"\n'] })
  })

  it('writes parameters as the API wants them', () => {
    const parameters = { num_ctx: ['512'], temperature: ['0.6'], stop: ['1'], use_mmap: ['true'], empty: [] }
    expect(typedParameters(parameters)).toEqual({ num_ctx: 512, temperature: 0.6, stop: ['1'], use_mmap: true })
  })
})
