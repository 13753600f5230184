import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { availableParallelism } from 'node:os'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { splitVariantId, type VariantId } from '#shared/domain/ids.ts'
import type { Variant, VariantDetails } from '#shared/domain/variant.ts'
import type { CreateRequest, Engine } from '#core/engines/engine.ts'
import type { Fp8Scale } from '#core/gguf/fp8-simulate.ts'
import { readGguf } from '#core/gguf/read-gguf.ts'
import type { SpawnWorker } from '#core/workers/worker-process.ts'
import type { VariantFiles } from './files.ts'
import type { MadeMemory, MadeRecord } from './made-memory.ts'
import { makeFolder } from './part-file.ts'
import { progressStream } from './progress-stream.ts'
import { quantize } from './quantize.ts'
import { isFp8, makeTypes, parseMakeType, type MakeType } from './quantize-types.ts'
import { simulateFp8 } from './simulate-fp8.ts'

export interface MakeRequest {
  /** Where the weights come from. A path is a variant of the built-in engine. */
  readonly variant: VariantId
  /** The family of what it is made from, and so of what is made. Default: the one that the engine names. */
  readonly family?: string
  /** As people write it: `Q4_K_M`, `fp8`. */
  readonly type: string
  /** Default: a file in the lab's `variants` folder, named after the source. */
  readonly out?: string
  /** Name of the tag that the result becomes. */
  readonly register?: string
  readonly scale?: Fp8Scale
}

export interface MakeDeps {
  readonly home: string
  readonly files: VariantFiles
  /** Remembers what was made from what. */
  readonly memory: MadeMemory
  /** The engine that the source variant belongs to. */
  readonly source: Engine
  /** Where `register` puts the result: an engine with a model store, or null where there is none. */
  readonly registry: Engine | null
  /** How the process that writes the file is started. Default: forked. */
  readonly spawn?: SpawnWorker
}

export type MadeProgress = Progress & { readonly made: Variant | null }

/**
 * Makes a file of another precision from a file or from an Ollama tag's weights, and registers it where asked.
 * The last item carries what was made: the tag if it was registered, else the file.
 * @throws LabError BAD_REQUEST for an unknown type, CONFLICT for a tag or a file that is there, ENGINE_UNSUPPORTED where the weights cannot be read from here, and
 *   what quantizing, simulating and creating throw
 */
export async function* makeVariant(
  request: MakeRequest,
  deps: MakeDeps,
  signal: AbortSignal,
): AsyncGenerator<MadeProgress, void, undefined> {
  const type = knownType(request.type)
  const registry = request.register === undefined ? null : knownRegistry(deps.registry)
  if (registry !== null) await refuseTaken(registry, request.register ?? '', signal)
  const { ref } = splitVariantId(request.variant)
  const details = await deps.source.describe(ref, signal)
  const input = await weightsFile(deps.source, ref)
  const family = request.family ?? details.variant.family
  const output = await outputFile(request, family, { type, home: deps.home })

  const scale = request.scale ?? 'block'
  const job = { input, output, type, scale, ...(deps.spawn && { spawn: deps.spawn }) }
  // Made before, and perhaps not registered because the name was wrong: it is not made again.
  const isThere = registry !== null && (await isMadeFrom(output, details.variant, { ...deps, type, signal }))
  let doneBytes = isThere ? 0 : yield* pass(makeFile(job, signal), 0)
  const file = await deps.files.describe(output, { signal })
  let made = file.variant
  remember(deps.memory, made, { source: details.variant, family, sameTensors: false })
  if (registry !== null && request.register !== undefined) {
    const create = createRequest(request.register, output, { details, simulated: made.precision.simulated, type })
    try {
      doneBytes = yield* pass(registerFile(registry, create, signal), doneBytes)
      made = (await registry.describe(request.register, signal)).variant
    } catch (error) {
      throw keptFile(error, output)
    }
    remember(deps.memory, made, { source: file.variant, family, sameTensors: true })
  }
  yield { step: `${made.name} is ready`, doneBytes, totalBytes: doneBytes, made }
}

/**
 * Asked before minutes are spent on the file: an engine that does not answer is found out here, too.
 * @throws LabError CONFLICT: creating a tag that is there would replace it without a word; what listing throws
 */
async function refuseTaken(registry: Engine, name: string, signal: AbortSignal): Promise<void> {
  const refs = (await registry.list(signal)).map(({ ref }) => ref)
  if (!refs.includes(name) && !refs.includes(`${name}:latest`)) return
  throw new LabError('CONFLICT', `${registry.endpoint} has a ${name} already.`, {
    hint: `Take another name, or remove it first: ollama rm ${name}`,
  })
}

/** Whether a file holds these weights at this type, as Assay made it. */
async function isMadeFrom(
  file: string,
  { weightsDigest, digest }: Variant,
  {
    files,
    memory,
    type,
    signal,
  }: Pick<MakeDeps, 'files' | 'memory'> & {
    readonly type: MakeType
    readonly signal: AbortSignal
  },
): Promise<boolean> {
  if (!existsSync(file)) return false
  const { weightsDigest: weights, precision } = (await files.describe(file, { signal })).variant
  const from = weights === null ? null : (memory.madeFrom(weights)?.from ?? null)
  return from === (weightsDigest ?? digest) && parseMakeType(precision.name) === type
}

/** Weights that came out as those they were made from, byte for byte, have no story to tell. */
function remember(
  memory: MadeMemory,
  made: Variant,
  { source, family, sameTensors }: Pick<MadeRecord, 'family' | 'sameTensors'> & { readonly source: Variant },
): void {
  const [weights, from] = [made.weightsDigest, source.weightsDigest ?? source.digest]
  if (weights === null || weights === from) return
  memory.rememberMade(weights, { from, source: source.id, family, sameTensors })
}

function knownType(text: string): MakeType {
  const type = parseMakeType(text)
  if (type !== null) return type
  throw new LabError('BAD_REQUEST', `${text} is not a type that can be made.`, {
    hint: `Choose among ${makeTypes.join(', ')}.`,
  })
}

function knownRegistry(engine: Engine | null): Engine {
  if (engine?.models !== undefined) return engine
  throw new LabError('ENGINE_UNSUPPORTED', 'There is no engine here that a model can be registered with.', {
    hint: 'Start Ollama, or leave the registration out and use the file.',
  })
}

/** What was made stays, wherever registering it failed: the next step begins with the file. */
function keptFile(error: unknown, file: string): unknown {
  if (!(error instanceof LabError)) return error
  const kept = `The file is made and kept: ${file}`
  return new LabError(error.code, error.message, {
    cause: error,
    hint: error.hint === null ? kept : `${error.hint}\n${kept}`,
    data: error.data,
  })
}

/** @throws LabError ENGINE_UNSUPPORTED where the weights cannot be read from here */
export async function weightsFile(engine: Engine, ref: string): Promise<string> {
  if (engine.kind === 'builtin') return resolve(ref)
  const path = (await engine.models?.weightsFile(ref)) ?? null
  if (path !== null) return path
  throw new LabError('ENGINE_UNSUPPORTED', `The weights of ${ref} do not lie where this machine can read them.`, {
    hint: 'Run this on the machine that holds the models, as a user who may read them, or start from a GGUF file.',
  })
}

async function outputFile(
  { out, scale = 'block' }: MakeRequest,
  family: string,
  { type, home }: { readonly type: MakeType; readonly home: string },
): Promise<string> {
  if (out !== undefined) return resolve(out)
  const path = madeFile(home, family, { type, scale })
  await makeFolder(dirname(path))
  return path
}

/** Where a file is written unless another place is named: the lab's `variants` folder, by family and type. */
export function madeFile(
  home: string,
  family: string,
  { type, scale }: { readonly type: MakeType; readonly scale: Fp8Scale },
): string {
  const scaled = scale === 'block' || !isFp8(type) ? '' : `-${scale}`
  return join(home, 'variants', `${family.replaceAll(/[^\w.-]+/g, '-')}-${type}${scaled}.gguf`)
}

interface FileJob {
  readonly input: string
  readonly output: string
  readonly type: MakeType
  readonly scale: Fp8Scale
  readonly spawn?: SpawnWorker
}

async function* makeFile(job: FileJob, signal: AbortSignal): AsyncGenerator<Progress, void, undefined> {
  const { type, scale, ...rest } = job
  yield* progressStream(
    (onProgress, stop) =>
      isFp8(type)
        ? simulateFp8({ ...rest, type, scale, onProgress, signal: stop })
        : quantize({ ...rest, type, threads: availableParallelism(), onProgress, signal: stop }),
    signal,
  )
}

/**
 * Uploads a file and makes a tag of it. The header is checked first: a corrupt one takes older servers down.
 * @throws LabError GGUF_INVALID, and what the engine's create throws
 */
export async function* registerFile(
  engine: Engine,
  create: CreateRequest,
  signal: AbortSignal,
): AsyncGenerator<Progress, void, undefined> {
  await readGguf(create.file, signal)
  yield* knownRegistry(engine).models?.create(create, signal) ?? []
}

/** A Go template is the tag's own and goes along; a Jinja one is inside the file already. */
function createRequest(
  name: string,
  file: string,
  source: { readonly details: VariantDetails; readonly simulated: boolean; readonly type: MakeType },
): CreateRequest {
  const { template, templateLanguage, parameters } = source.details
  return {
    name,
    file,
    template: templateLanguage === 'go' ? template : null,
    system: null,
    parameters,
    precisionLabel: source.simulated ? `${source.type} (simulated)` : null,
  }
}

/** Hands reports on, counted from what was done before, and returns what is done then. */
async function* pass(
  reports: AsyncIterable<Progress>,
  beforeBytes: number,
): AsyncGenerator<MadeProgress, number, undefined> {
  let doneBytes = beforeBytes
  for await (const report of reports) {
    doneBytes = Math.max(doneBytes, beforeBytes + report.doneBytes)
    const totalBytes = report.totalBytes === null ? null : beforeBytes + report.totalBytes
    yield { ...report, doneBytes, totalBytes, made: null }
  }
  return doneBytes
}
