import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import type { CreateRequest as LibraryCreate, Ollama } from 'ollama/browser'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import type { CreateRequest, ModelManager } from '../engine.ts'
import type { ModelIndex } from './model-index.ts'
import type { OllamaApi } from './ollama-api.ts'
import { typedParameters } from './parse-modelfile.ts'
import { createProgressMeter } from './progress-meter.ts'
import { anyReply, progressLine } from './replies.ts'
import type { Residency } from './residency.ts'
import { tellSilence } from './tell-silence.ts'
import { uploadBlob } from './upload-blob.ts'

/** Looks into a GGUF file and throws GGUF_INVALID where it is not whole. */
export type CheckFile = (file: string, signal: AbortSignal) => Promise<unknown>

/** What the server's quantizer makes. Source: ParseFileType in fs/ggml/type.go since 0.7.0. */
const quantizeTypes = ['F16', 'BF16', 'F32', 'Q8_0', 'Q4_K_S', 'Q4_K_M']

/** The package passes all fields on, and has no types for these. */
type CreateBody = LibraryCreate & { readonly files?: Record<string, string>; readonly info?: Record<string, string> }

export function createModelManager(deps: {
  readonly api: OllamaApi
  readonly models: ModelIndex
  readonly residency: Residency
  readonly checkFile: CheckFile
}): ModelManager {
  const { api, models, residency } = deps
  return {
    pull: (name, signal) =>
      progress(api, signal, (client) =>
        // Who writes http:// wants it: Ollama asks for a second yes.
        client.pull({ model: name, stream: true, insecure: name.startsWith('http://') }),
      ),
    async delete(ref) {
      await residency.unload(ref)
      await api.json(anyReply, { patience: 'quick' }, (client) => client.delete({ model: ref }))
    },
    async copy(from, to) {
      await api.json(anyReply, { patience: 'quick' }, (client) => client.copy({ source: from, destination: to }))
    },
    create: (request, signal) => create(deps, request, signal),
    quantize: (from, to, type, signal) => quantize(deps, { from, to, type }, signal),
    async weightsFile(ref) {
      const path = (await models.find(ref)).facts.weights?.path
      if (path === undefined) return null
      return access(path, constants.R_OK).then(
        () => path,
        () => null,
      )
    },
  }
}

/** What a request that takes long says of itself. `base`: the bytes to show, where the server's own are none. */
async function* progress(
  api: OllamaApi,
  signal: AbortSignal,
  ask: (client: Ollama) => Promise<AsyncIterable<unknown>>,
  base?: Progress,
): AsyncGenerator<Progress> {
  const meter = createProgressMeter()
  const reports = async function* (inner: AbortSignal) {
    for await (const line of api.lines({ schema: progressLine }, inner, ask)) {
      const told = meter.next(line)
      yield base === undefined ? told : { ...base, step: told.step }
    }
  }
  yield* tellSilence(reports, signal, base === undefined ? {} : { first: base })
}

async function* create(
  {
    api,
    residency,
    checkFile,
  }: { readonly api: OllamaApi; readonly residency: Residency; readonly checkFile: CheckFile },
  request: CreateRequest,
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  const { name, file, template, system, parameters, precisionLabel } = request
  if (template !== null && /\{%/.test(template)) {
    throw new LabError('BAD_REQUEST', 'Ollama takes templates in the language of Go; this one is Jinja.', {
      hint: 'Leave the template out: Ollama uses the one that is in the file.',
    })
  }
  // Servers before 0.30 die of a corrupt header.
  await checkFile(file, signal)
  const upload = yield* uploadBlob(api, file, signal)
  // A process of the tag's old self would be out of reach once the name means something else.
  await residency.unload(name, signal)
  const typed = typedParameters(parameters)
  const body: CreateBody = {
    model: name,
    files: { 'model.gguf': upload.digest },
    ...(template === null ? {} : { template }),
    ...(system === null ? {} : { system }),
    ...(Object.keys(typed).length === 0 ? {} : { parameters: typed }),
    ...(precisionLabel === null ? {} : { info: { quantization_level: precisionLabel } }),
  }
  const done = { step: '', doneBytes: 2 * upload.sizeBytes, totalBytes: 2 * upload.sizeBytes }
  yield* progress(api, signal, (client) => client.create({ ...body, stream: true }), done)
}

async function* quantize(
  { api, models, residency }: { readonly api: OllamaApi; readonly models: ModelIndex; readonly residency: Residency },
  { from, to, type }: { readonly from: string; readonly to: string; readonly type: string },
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  if (!quantizeTypes.includes(type.toUpperCase())) {
    throw new LabError('ENGINE_UNSUPPORTED', `Ollama cannot make ${type}: it makes ${quantizeTypes.join(', ')}.`, {
      hint: 'Make it here: assay quantize FILE TYPE --out FILE --register NAME',
    })
  }
  // A name that the server does not have would make it ask the registry.
  const model = await models.find(from, signal)
  await residency.unload(to, signal)
  yield* progress(api, signal, (client) =>
    client.create({ model: to, from: model.tag.name, quantize: type.toUpperCase(), stream: true }),
  )
}
