import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { errorInfo, LabError, type ErrorInfo } from '#shared/domain/error.ts'
import { endpointId, variantId, type Digest } from '#shared/domain/ids.ts'
import type { Progress } from '#shared/domain/engine.ts'
import type { Variant, VariantDetails } from '#shared/domain/variant.ts'
import { readGguf, type GgufFile } from '#core/gguf/read-gguf.ts'
import { digestFile, type DigestMemory } from './digest-file.ts'
import { familyOfFile, isSpecimen } from './family-name.ts'
import { headerFamily, modelShape } from './model-header.ts'

/** A file or folder that could not be listed, and why. */
export interface FileProblem {
  readonly path: string
  readonly error: ErrorInfo
}

export interface FileList {
  readonly variants: readonly Variant[]
  readonly problems: readonly FileProblem[]
}

export interface ListOptions {
  readonly signal?: AbortSignal
  /** Told while a file that is not known yet is read whole for its digest. */
  readonly onProgress?: (progress: Progress) => void
}

/** GGUF files as variants of the built-in engine. */
export interface VariantFiles {
  /** Files in these folders, some levels deep. A missing folder or a broken file is a problem, not an exception. */
  list(folders: readonly string[], options?: ListOptions): Promise<FileList>
  /** @throws LabError MODEL_NOT_FOUND | GGUF_INVALID */
  describe(path: string, options?: ListOptions): Promise<VariantDetails>
}

/** Folders such as publisher/model/file.gguf; links to folders are not followed. */
const deepest = 4

/** `memory` keeps digests across runs of the program; headers are kept as long as this object lives. */
export function variantFiles(memory: DigestMemory): VariantFiles {
  const headers = new Map<string, { readonly key: string; readonly details: VariantDetails }>()

  async function describe(path: string, options: ListOptions = {}): Promise<VariantDetails> {
    const absolute = resolve(path)
    const facts = await stat(absolute).catch(() => null)
    const key = `${facts?.size}/${facts?.mtimeMs}`
    const known = headers.get(absolute)
    if (known?.key === key) return known.details
    const file = await readGguf(absolute, options.signal)
    checkIsModel(file)
    const details = toDetails(file, await digestFile(absolute, { memory, ...options }))
    headers.set(absolute, { key, details })
    return details
  }

  async function list(folders: readonly string[], options: ListOptions = {}): Promise<FileList> {
    const variants: Variant[] = []
    const problems: FileProblem[] = []
    const paths = new Set<string>()
    for (const folder of folders) await collect(resolve(folder), 0, { paths, problems })
    for (const path of paths) {
      try {
        variants.push((await describe(path, options)).variant)
      } catch (error) {
        options.signal?.throwIfAborted()
        problems.push({ path, error: toInfo(error) })
      }
    }
    return { variants, problems }
  }

  return { list, describe }
}

async function collect(
  folder: string,
  depth: number,
  found: { readonly paths: Set<string>; readonly problems: FileProblem[] },
): Promise<void> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && depth < deepest) await collect(path, depth + 1, found)
      else if (/\.gguf$/i.test(entry.name) && !entry.isDirectory()) found.paths.add(path)
    }
  } catch (error) {
    found.problems.push({ path: folder, error: toInfo(error) })
  }
}

/** Anything the file system says is expected here: it belongs in the list, with its words. */
function toInfo(error: unknown): ErrorInfo {
  if (error instanceof LabError || !(error instanceof Error)) return errorInfo(error)
  const { code = error.message, path = 'The folder' } = error as NodeJS.ErrnoException
  return {
    code: 'MODEL_NOT_FOUND',
    message: `${path} cannot be read (${code}).`,
    hint: 'Check the model folders in the settings.',
  }
}

function checkIsModel(file: GgufFile): void {
  if (file.parts > 1) {
    throw new LabError('GGUF_INVALID', `${file.path} is one of ${file.parts} parts of a model.`, {
      hint: 'Join them with llama-gguf-split --merge.',
    })
  }
  const kind = file.metadata['general.type'] ?? 'model'
  if (kind !== 'model' || file.architecture === 'clip') {
    throw new LabError(
      'GGUF_INVALID',
      `${file.path} is not a language model (${String(kind)}, ${file.architecture}).`,
      {
        hint: 'It is left out of the list.',
      },
    )
  }
}

function toDetails(file: GgufFile, digest: Digest): VariantDetails {
  const endpoint = endpointId('builtin')
  const header = isSpecimen(file.name) ? 'specimen' : headerFamily((key) => file.metadata[key])
  const family = header ?? familyOfFile(basename(file.path), file.name)
  const { precision, notes } = file
  return {
    variant: {
      id: variantId(endpoint, file.path),
      endpoint,
      engine: 'builtin',
      ref: file.path,
      name: `${family} ${precision.name}`,
      family,
      familyBy: header === null ? 'name' : 'header',
      shape: modelShape(file.architecture, file.geometry, file.tensors),
      precision,
      digest,
      weightsDigest: digest,
      sizeBytes: file.sizeBytes,
      parameters: file.parameters,
      architecture: file.architecture,
      contextTokens: file.contextTokens,
      capabilities: capabilitiesOf(file),
      loaded: false,
      notes,
    },
    tensors: file.tensors.map(({ name, type, shape }) => ({ name, type, shape })),
    template: file.chatTemplate,
    templateLanguage: file.chatTemplate === null ? null : 'jinja',
    parameters: {},
    geometry: file.geometry,
  }
}

function capabilitiesOf({ chatTemplate }: GgufFile): readonly string[] {
  return chatTemplate !== null && /<\/?think>/.test(chatTemplate) ? ['completion', 'thinking'] : ['completion']
}
