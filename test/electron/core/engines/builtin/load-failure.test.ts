import { describe, expect, it } from 'vitest'
import { loadFailure } from '#core/engines/builtin/load-failure.ts'

const job = {
  kind: 'load',
  file: '/models/a.gguf',
  contextTokens: 4096,
  threads: 1,
  batchTokens: null,
  slots: 1,
  gpu: false,
} as const

/** What node-llama-cpp 3.21.1 threw and llama.cpp logged when each of these was tried. */
const cases = [
  ['OUT_OF_MEMORY', 'A context size of 100000000 is too large for the available RAM', []],
  [
    'OUT_OF_MEMORY',
    'Failed to create context',
    ['ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 99'],
  ],
  [
    'GGUF_INVALID',
    'Failed to load model',
    ["llama_model_load: error loading model: missing tensor 'blk.0.attn_q.weight'"],
  ],
  ['GGUF_INVALID', 'Invalid GGUF magic. Expected "GGUF" but got "}".', []],
  [
    'ENGINE_FAILED',
    'Failed to load model',
    ["llama_model_load: error loading model: unknown model architecture: 'zzz'"],
  ],
  ['ENGINE_FAILED', 'Failed to create context', []],
] as const

describe('a load that failed', () => {
  it('is told by its kind, names the file and says what to do', () => {
    for (const [code, thrown, log] of cases) {
      const error = loadFailure(new Error(thrown), job, log)
      expect(error).toMatchObject({ code, hint: expect.any(String) as string })
      expect(error.message).toContain('a.gguf')
    }
  })

  it('quotes llama.cpp where it said why', () => {
    const [, thrown, log] = cases[2]
    expect(loadFailure(new Error(thrown), job, log).message).toBe(
      "a.gguf cannot be loaded: missing tensor 'blk.0.attn_q.weight'.",
    )
  })
})
