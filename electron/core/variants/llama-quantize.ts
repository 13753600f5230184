import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { LabError } from '#shared/domain/error.ts'
import { quantizeTypes, type QuantizeType } from './quantize-types.ts'

export interface NativeJob {
  readonly input: string
  readonly output: string
  readonly type: QuantizeType
  readonly threads: number
}

/** What llama.cpp's library says while it works, line by line or in parts of lines. */
export type NativeLog = (text: string) => void

const resolveFrom = createRequire(import.meta.url)

/** struct llama_model_quantize_params of llama.h, v0.4.0 and v0.5.0. */
const fields = {
  nthread: 'int32',
  ftype: 'int32',
  output_tensor_type: 'int32',
  token_embedding_type: 'int32',
  allow_requantize: 'bool',
  quantize_output_tensor: 'bool',
  only_copy: 'bool',
  pure: 'bool',
  keep_split: 'bool',
  dry_run: 'bool',
  imatrix: 'void *',
  kv_overrides: 'void *',
  tt_overrides: 'void *',
  prune_layers: 'void *',
  max_buf_size: 'size_t',
}
const structBytes = 64

/** What the library must fill in; anything else means that its struct is not the one above. */
const expectedDefaults: Readonly<Record<string, unknown>> = {
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
  max_buf_size: 8 * 2 ** 30,
}

/**
 * Calls llama.cpp's `llama_model_quantize` in the library that node-llama-cpp ships. A fault in there ends the
 * process: call it in one that may die.
 * @returns 0 when the file was written
 * @throws LabError ENGINE_UNSUPPORTED where the library is missing or is not the one this was written for
 */
export async function llamaQuantize(job: NativeJob, log: NativeLog): Promise<number> {
  const library = findLlamaLibrary(process.platform, process.arch)
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    throw unsupported('the package koffi, through which it is called, does not load', cause)
  })
  const lib = koffi.load(library)
  const params = koffi.struct('llama_model_quantize_params', fields)
  const onLog = koffi.proto('void ggml_log_callback(int level, const char *text, void *user)')
  const defaults = lib.func('llama_model_quantize_default_params', params, [])() as Record<string, unknown>
  checkParamsLayout(koffi.sizeof(params), defaults)

  lib.func('llama_log_set', 'void', [koffi.pointer(onLog), 'void *'])(
    koffi.register((_level: number, text: string) => log(text), koffi.pointer(onLog)),
    null,
  )
  lib.func('llama_backend_init', 'void', [])()
  const quantize = lib.func('llama_model_quantize', 'uint32', ['str', 'str', koffi.pointer(params)])
  const settings = { ...defaults, ftype: quantizeTypes[job.type].fileType, nthread: job.threads }
  return await new Promise<number>((resolve, reject) => {
    quantize.async(job.input, job.output, settings, (error: Error | null, result: number) => {
      if (error === null) resolve(result)
      else reject(error)
    })
  })
}

/** @throws LabError ENGINE_UNSUPPORTED where the struct's size or the library's defaults are not those of `fields` */
export function checkParamsLayout(sizeBytes: number, defaults: Readonly<Record<string, unknown>>): void {
  const wrong = Object.entries(expectedDefaults).find(([key, value]) => defaults[key] !== value)
  if (sizeBytes === structBytes && wrong === undefined) return
  const found = wrong === undefined ? `${sizeBytes} bytes` : `${wrong[0]} ${String(defaults[wrong[0]])}`
  throw unsupported(`its parameters are not laid out as expected (${found})`)
}

/**
 * Where node-llama-cpp's own libllama lies for a platform.
 * @throws LabError ENGINE_UNSUPPORTED where it is not installed
 */
export function findLlamaLibrary(platform: string, arch: string): string {
  const system = { darwin: 'mac', win32: 'win' }[platform] ?? platform
  const names = [`${system}-${arch}`, `${system}-${arch}-metal`]
  for (const name of names) {
    const bins = binsOf(`@node-llama-cpp/${name}`, name)
    const file =
      bins === null
        ? undefined
        : readdirSync(bins).find((entry) => /^(?:lib)?llama(?:\.v[\d.]+)?\.(?:so|dylib|dll)$/.test(entry))
    if (bins !== null && file !== undefined) return join(bins, file)
  }
  throw unsupported(`there is no library for ${platform} ${arch} in this installation`)
}

function binsOf(packageName: string, name: string): string | null {
  try {
    const entry = resolveFrom.resolve(packageName).replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked')
    const bins = join(dirname(entry), '..', 'bins', name)
    return existsSync(bins) ? bins : null
  } catch {
    // Not installed for this platform: the caller says so.
    return null
  }
}

function unsupported(reason: string, cause?: unknown): LabError {
  return new LabError('ENGINE_UNSUPPORTED', `llama.cpp's quantizer cannot be used here: ${reason}.`, {
    hint: 'Run npm ci on this machine, or quantize with llama-quantize and open the file it writes.',
    ...(cause === undefined ? {} : { cause }),
  })
}
