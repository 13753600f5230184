import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resourcePath } from '#core/resources.ts'
import { quantize } from '#core/variants/quantize.ts'
import { quantizeTypes, parseMakeType, type QuantizeType } from '#core/variants/quantize-types.ts'
import { runMakeWorker } from '#core/variants/run-make-worker.ts'
import { simulateFp8 } from '#core/variants/simulate-fp8.ts'
import { forkWorker } from '#core/workers/fork-worker.ts'
import type { SpawnWorker } from '#core/workers/worker-process.ts'
import type { Progress } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { f16Tensor, textValue, writeGgufFile } from '../../../fixtures/gguf-file.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

const specimen = resourcePath('specimen', 'specimen-f16.gguf')
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** What llama-quantize itself makes of the specimen. */
const oracle = new Map(
  readFileSync(resourcePath('specimen', 'oracles', 'llama-quantize-v0.5.0.sha256'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => [/specimen-(\w+)\.gguf/.exec(line)?.[1] as QuantizeType, line.slice(0, 64)] as const),
)

/** As llama.cpp prints them for the specimen. */
const printedBits: Readonly<Record<QuantizeType, number>> = {
  Q8_0: 8.51,
  Q6_K: 6.58,
  Q5_K_M: 5.75,
  Q4_K_M: 4.96,
  Q4_0: 4.72,
  Q3_K_M: 4.1,
  Q2_K: 3.28,
}

describe('quantizing', () => {
  it.each([...oracle])('to %s gives the bytes that llama-quantize gives', async (type, expected) => {
    const output = join(tempFolder(), 'out.gguf')
    const reports: Progress[] = []
    const made = await quantize({ input: specimen, output, type, onProgress: (progress) => reports.push(progress) })
    expect(sha256(output)).toBe(expected)
    expect(made.precision.name).toBe(type)
    expect(made.precision.bitsPerWeight).toBeCloseTo(printedBits[type], 2)
    expect(made.notes).toEqual([])
    const done = reports.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(reports.at(-1)).toMatchObject({ doneBytes: 7_927_040, totalBytes: 7_927_040 })
    expect(reports.length).toBeGreaterThan(39)
  })

  it.each(['Q6_K', 'Q5_K_M'] as const)('to %s gives what its name says, with any number of threads', async (type) => {
    const folder = tempFolder()
    const one = await quantize({ input: specimen, output: join(folder, 'one.gguf'), type })
    const two = await quantize({ input: specimen, output: join(folder, 'two.gguf'), type, threads: 2 })
    expect(one.precision.name).toBe(type)
    expect(one.precision.bitsPerWeight).toBeCloseTo(printedBits[type], 2)
    expect(sha256(one.path)).toBe(sha256(two.path))
  })

  it('covers every type that is offered', () => {
    expect(new Set([...oracle.keys(), 'Q6_K', 'Q5_K_M'])).toEqual(new Set(Object.keys(quantizeTypes)))
  })
})

describe('a source that cannot be quantized', () => {
  const job = (input: string) => ({ input, output: `${input}.out`, type: 'Q4_K_M' as const })

  it('is refused when it is missing', async () => {
    await expect(quantize(job(join(tempFolder(), 'none.gguf')))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
  })

  it('is refused when it is cut, and leaves nothing behind', async () => {
    const folder = tempFolder()
    const path = join(folder, 'cut.gguf')
    copyFileSync(specimen, path)
    truncateSync(path, 5_000_000)
    await expect(quantize(job(path))).rejects.toMatchObject({ code: 'GGUF_INVALID' })
    expect(readdirSync(folder)).toEqual(['cut.gguf'])
  })

  it('is refused when it is quantized already', async () => {
    const path = join(tempFolder(), 'q8.gguf')
    await quantize({ input: specimen, output: path, type: 'Q8_0' })
    await expect(quantize(job(path))).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('quantized already (Q8_0'),
    })
  })

  it('that llama.cpp does not know fails with its words, and leaves nothing behind', async () => {
    const folder = tempFolder()
    const metadata = [['general.architecture', textValue('nonesuch')]] as const
    const path = writeGgufFile(join(folder, 'odd.gguf'), {
      metadata,
      tensors: [f16Tensor('blk.0.ffn_up.weight', [256, 4])],
    })
    await expect(quantize(job(path))).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining('nonesuch'),
    })
    expect(readdirSync(folder)).toEqual(['odd.gguf'])
  })
})

describe('the output', () => {
  it('never replaces a file unless asked', async () => {
    const output = join(tempFolder(), 'out.gguf')
    writeFileSync(output, 'mine')
    const job = { input: specimen, output, type: 'Q8_0' as const }
    await expect(quantize(job)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(readFileSync(output, 'utf8')).toBe('mine')
    await quantize({ ...job, overwrite: true })
    expect(sha256(output)).toBe(oracle.get('Q8_0'))
  })

  it('needs a folder that exists', async () => {
    const output = join(tempFolder(), 'none', 'out.gguf')
    await expect(quantize({ input: specimen, output, type: 'Q8_0' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it.each(['quantize', 'fp8'] as const)('of a cancelled %s does not exist, nor any part of it', async (kind) => {
    const folder = tempFolder()
    const controller = new AbortController()
    const reason = new LabError('CANCELLED', 'enough')
    const common = {
      input: specimen,
      output: join(folder, 'out.gguf'),
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    }
    const work = kind === 'fp8' ? simulateFp8({ ...common, type: 'FP8-E4M3' }) : quantize({ ...common, type: 'Q2_K' })
    await expect(work).rejects.toBe(reason)
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes the place of parts that a dead process left', async () => {
    const folder = tempFolder()
    const output = join(folder, 'out.gguf')
    // Beyond the largest process id that Linux gives.
    writeFileSync(`${output}.part-4194999-1`, 'left over')
    writeFileSync(`${output}.part-${process.pid}-99`, 'of a living process')
    await quantize({ input: specimen, output, type: 'Q8_0' })
    expect(readdirSync(folder).toSorted()).toEqual(['out.gguf', `out.gguf.part-${process.pid}-99`])
  })
})

describe('the process that makes files', () => {
  it('may die without taking anything along', async () => {
    const output = join(tempFolder(), 'out.gguf')
    const job = { kind: 'quantize', input: specimen, output, type: 'Q8_0', threads: 1 } as const
    const spawn: SpawnWorker = (name) => {
      const worker = forkWorker(name)
      worker.kill()
      return worker
    }
    await expect(runMakeWorker(job, { spawn })).rejects.toMatchObject({
      code: 'ENGINE_CRASHED',
      message: expect.stringContaining('SIGKILL') as string,
    })
  })

  it('reports a failure to write as what it is', async () => {
    const output = join(tempFolder(), 'none', 'out.gguf')
    const job = { kind: 'fp8', input: specimen, output, type: 'FP8-E4M3', scale: 'block' } as const
    await expect(runMakeWorker(job)).rejects.toMatchObject({ name: 'LabError' })
    expect(existsSync(output)).toBe(false)
  })
})

describe('a type as people write it', () => {
  it.each([
    ['Q4_K_M', 'Q4_K_M'],
    ['q4-k-m', 'Q4_K_M'],
    ['q8_0', 'Q8_0'],
    ['fp8', 'FP8-E4M3'],
    ['E5M2', 'FP8-E5M2'],
    ['FP8-E4M3 (simulated)', 'FP8-E4M3'],
    ['mxfp4', null],
    ['', null],
  ])('%s is %s', (text, type) => expect(parseMakeType(text)).toBe(type))
})
