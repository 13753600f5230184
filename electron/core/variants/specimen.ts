import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { digest, shortDigest, type Digest } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { resourcePath } from '#core/resources.ts'
import type { SpawnWorker } from '#core/workers/worker-process.ts'
import { digestFile, type DigestMemory } from './digest-file.ts'
import type { VariantFiles } from './files.ts'
import { makeFolder } from './part-file.ts'
import { quantize } from './quantize.ts'
import { isFp8, parseMakeType, makeTypes, type MakeType } from './quantize-types.ts'
import { simulateFp8 } from './simulate-fp8.ts'

/** Precisions that a first comparison is made of. */
const specimenPrecisions: readonly string[] = ['F16', 'Q8_0', 'FP8-E4M3', 'Q4_K_M', 'Q2_K']

/** About the size of the source, of which each file is made once. */
const bytesEach = 8_000_000

export interface SpecimenOptions {
  /** The lab's data folder: made files go to its `variants`. */
  readonly home: string
  readonly files: VariantFiles
  readonly memory: DigestMemory
  /** Default: `specimenPrecisions`. */
  readonly precisions?: readonly string[]
  /** Called only while something is made. */
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** How the process that writes a file is started. Default: forked. */
  readonly spawn?: SpawnWorker
}

/**
 * The specimen's variants, in the order asked for; those that are not there yet, or are damaged, are made.
 * Two processes may do this at once: files appear whole, and both make the same bytes.
 * @throws LabError BAD_REQUEST for a precision that cannot be made, and what making a file throws
 */
export async function ensureSpecimen(options: SpecimenOptions): Promise<readonly Variant[]> {
  const { files, signal } = options
  const wanted = (options.precisions ?? specimenPrecisions).map(parsePrecision)
  const source = resourcePath('specimen', 'specimen-f16.gguf')
  const folder = specimenFolder(options.home, await checkedSource(source, options))
  const paths = wanted.map((type) => (type === 'F16' ? source : join(folder, `specimen-${type}.gguf`)))

  const missing: { readonly type: MakeType; readonly output: string }[] = []
  for (const [index, type] of wanted.entries()) {
    const output = paths[index] ?? ''
    if (type !== 'F16' && !(await isSound(output, options))) missing.push({ type, output })
  }
  if (missing.length > 0) await makeFolder(folder)
  for (const [index, job] of missing.entries()) {
    await make(source, job, { ...options, onProgress: partOf(index, missing.length, options.onProgress) })
  }
  const variants: Variant[] = []
  for (const path of paths) variants.push((await files.describe(path, signal === undefined ? {} : { signal })).variant)
  return variants
}

/** Made files of another specimen never mix with this one's. */
const specimenFolder = (home: string, source: Digest): string =>
  join(home, 'variants', `specimen-${shortDigest(source)}`)

function parsePrecision(text: string): MakeType | 'F16' {
  const type = /^f(?:p)?16$/i.test(text) ? 'F16' : parseMakeType(text)
  if (type !== null) return type
  throw new LabError('BAD_REQUEST', `The specimen cannot be made in ${text}.`, {
    hint: `Choose among F16, ${makeTypes.join(', ')}.`,
  })
}

async function checkedSource(source: string, options: SpecimenOptions): Promise<Digest> {
  const actual = await digestFile(source, digestOptions(options))
  const stated = await readDigest(`${source}.sha256`)
  if (stated === actual) return actual
  throw new LabError('GGUF_INVALID', `The specimen that ships with Assay is damaged: ${source}.`, {
    hint: 'Install Assay again.',
  })
}

/** Whether a made file is there with the digest that was noted when it was made. */
async function isSound(output: string, options: SpecimenOptions): Promise<boolean> {
  const stated = await readDigest(`${output}.sha256`)
  if (stated === null) return false
  try {
    return (await digestFile(output, digestOptions(options))) === stated
  } catch (error) {
    // Gone, or being replaced by another process right now: making it again gives the same bytes.
    if (error instanceof LabError) return false
    throw error
  }
}

async function make(
  input: string,
  { type, output }: { readonly type: MakeType; readonly output: string },
  options: SpecimenOptions,
): Promise<void> {
  const { onProgress, signal, spawn } = options
  const common = {
    input,
    output,
    overwrite: true,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
    ...(spawn === undefined ? {} : { spawn }),
  }
  await (isFp8(type) ? simulateFp8({ ...common, type }) : quantize({ ...common, type }))
  await writeDigest(output, await settledDigest(output, options))
}

/** Another process may just be putting the same bytes in the same place. */
async function settledDigest(output: string, options: SpecimenOptions): Promise<Digest> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await digestFile(output, digestOptions(options))
    } catch (error) {
      if (!(error instanceof LabError && error.code === 'CONFLICT') || attempt === 5) throw error
    }
  }
}

/** In the format of sha256sum, so that anybody can check it. */
async function writeDigest(file: string, made: Digest): Promise<void> {
  const temporary = `${file}.sha256.part-${process.pid}`
  await writeFile(temporary, `${made.slice('sha256:'.length)}  ${file.split(/[/\\]/).at(-1)}\n`)
  await rename(temporary, `${file}.sha256`)
}

async function readDigest(path: string): Promise<Digest | null> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const hex = /^[0-9a-f]{64}/.exec(text)?.[0]
  return hex === undefined ? null : digest(hex)
}

const digestOptions = ({ memory, signal }: SpecimenOptions) => ({ memory, ...(signal === undefined ? {} : { signal }) })

/** One bar for all files: each counts the same, whatever it takes. */
function partOf(index: number, count: number, onProgress: SpecimenOptions['onProgress']) {
  return ({ step, doneBytes, totalBytes }: Progress): void => {
    const fraction = totalBytes === null || totalBytes === 0 ? 0 : Math.min(doneBytes / totalBytes, 1)
    onProgress?.({ step, doneBytes: Math.round((index + fraction) * bytesEach), totalBytes: count * bytesEach })
  }
}
