import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { variantFiles } from '#core/variants/files.ts'
import { ensureSpecimen } from '#core/variants/specimen.ts'
import type { Progress } from '#shared/domain/engine.ts'
import { digestMemory } from '../../../fixtures/digest-memory.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

function lab(home: string) {
  const memory = digestMemory()
  const reports: Progress[] = []
  const options = {
    home,
    memory,
    files: variantFiles(memory),
    onProgress: (report: Progress) => void reports.push(report),
  }
  return {
    reports,
    ensure: (precisions?: readonly string[]) => ensureSpecimen({ ...options, ...(precisions && { precisions }) }),
  }
}

describe('the specimen’s variants', () => {
  it('are made on first use and found on the next, by another process too', async () => {
    const home = tempFolder()
    const first = lab(home)
    const made = await first.ensure()
    expect(made.map(({ precision }) => precision.name)).toEqual([
      'F16',
      'Q8_0',
      'FP8-E4M3 (simulated)',
      'Q4_K_M',
      'Q2_K',
    ])
    expect(new Set(made.map(({ family }) => family))).toEqual(new Set(['specimen']))
    const done = first.reports.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(first.reports.at(-1)).toMatchObject({ doneBytes: first.reports.at(-1)?.totalBytes })

    const second = lab(home)
    expect((await second.ensure()).map(({ digest }) => digest)).toEqual(made.map(({ digest }) => digest))
    expect(second.reports).toEqual([])
  })

  it('are made again when they were damaged, lost, or never finished', async () => {
    const home = tempFolder()
    const [q8] = await lab(home).ensure(['Q8_0'])
    const path = q8?.ref ?? ''
    const damages = [
      () => appendFileSync(path, 'x'),
      () => rmSync(path),
      () => rmSync(`${path}.sha256`),
      () => writeFileSync(`${path}.sha256`, `${'0'.repeat(64)}  other\n`),
    ]
    for (const damage of damages) {
      damage()
      const again = lab(home)
      expect((await again.ensure(['Q8_0']))[0]?.digest).toBe(q8?.digest)
      expect(again.reports.length).toBeGreaterThan(0)
      expect(statSync(path).size).toBe(q8?.sizeBytes)
    }
  })

  it('may be made by two processes at once', async () => {
    const home = tempFolder()
    const script = `
      import { variantFiles } from '#core/variants/files.ts'
      import { ensureSpecimen } from '#core/variants/specimen.ts'
      const memory = { knownFile: () => null, rememberFile: () => {} }
      const made = await ensureSpecimen({ home: ${JSON.stringify(home)}, memory, files: variantFiles(memory), precisions: ['Q8_0', 'fp8'] })
      console.log(made.map(({ digest }) => digest).join())`
    const runs = [0, 1].map(async () => {
      const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let printed = ''
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
      const [code] = (await once(child, 'close')) as [number]
      return { code, printed }
    })
    const [a, b] = await Promise.all(runs)
    expect(a).toMatchObject({ code: 0, printed: expect.stringContaining('sha256:3fffd833143e') })
    expect(b).toEqual(a)
    const folder = join(home, 'variants', readdirSync(join(home, 'variants'))[0] ?? '')
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([])
    expect(readFileSync(join(folder, 'specimen-Q8_0.gguf.sha256'), 'utf8')).toMatch(
      /^3fffd83.{57} {2}specimen-Q8_0\.gguf\n$/,
    )
  })

  it('cannot be made in a precision that does not exist, or where nothing can be written', async () => {
    await expect(lab(tempFolder()).ensure(['Q9'])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const file = join(tempFolder(), 'file')
    writeFileSync(file, '')
    await expect(lab(file).ensure(['Q8_0'])).rejects.toMatchObject({ code: 'READ_ONLY' })
  })
})
