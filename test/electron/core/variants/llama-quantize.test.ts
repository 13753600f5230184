import { describe, expect, it } from 'vitest'
import { checkParamsLayout, findLlamaLibrary } from '#core/variants/llama-quantize.ts'

/** As llama.cpp v0.4.0 and v0.5.0 fill them in. */
const defaults = {
  nthread: 0,
  ftype: 7,
  output_tensor_type: 43,
  token_embedding_type: 43,
  allow_requantize: false,
  quantize_output_tensor: true,
  only_copy: false,
  pure: false,
  keep_split: false,
  dry_run: false,
  imatrix: null,
  kv_overrides: null,
  tt_overrides: null,
  prune_layers: null,
  max_buf_size: 8_589_934_592,
}

describe('the layout of the quantizer’s parameters', () => {
  it('is accepted as it is known', () => {
    expect(() => checkParamsLayout(64, defaults)).not.toThrow()
  })

  it('is refused at another size', () => {
    expect(() => checkParamsLayout(72, defaults)).toThrow(/72 bytes/)
  })

  it.each(Object.keys(defaults).filter((key) => key !== 'nthread'))('is refused when %s is not what it was', (key) => {
    expect(() => checkParamsLayout(64, { ...defaults, [key]: 1234 })).toThrow(
      expect.objectContaining({ code: 'ENGINE_UNSUPPORTED', message: expect.stringContaining(`${key} 1234`) }),
    )
  })
})

describe('llama.cpp’s library', () => {
  it('is found where this installation has it', () => {
    expect(findLlamaLibrary(process.platform, process.arch)).toMatch(/llama(?:\.v[\d.]+)?\.(?:so|dylib|dll)$/)
  })

  it.each([
    ['aix', 'ppc64'],
    ['linux', 'armv7l'],
  ])('is said to be missing on %s %s, with what to do instead', (platform, arch) => {
    expect(() => findLlamaLibrary(platform, arch)).toThrow(
      expect.objectContaining({ code: 'ENGINE_UNSUPPORTED', hint: expect.stringContaining('llama-quantize') }),
    )
  })
})
