import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { LabClient } from '#shared/contract/contract.ts'

/** Writes a whole file or none: a reader never sees half a report. A device or a pipe is written to as it is. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found !== null && !found.isFile()) return writeFile(path, text)
  const target = found === null ? path : await realpath(path)
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}.part`)
  try {
    await writeFile(partial, text)
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {})
    // The name of the part means nothing to anybody.
    throw error instanceof Error ? Object.assign(error, { path }) : error
  }
}

/** Writes a run's HTML report into the lab's folder of reports. @returns its full path */
export async function writeReport(lab: LabClient, run: number): Promise<string> {
  const [{ home }, { fileName, text }] = await Promise.all([
    lab['lab.info']({}),
    lab['report.export']({ run, format: 'html' }),
  ])
  const path = join(home, 'reports', basename(fileName))
  await mkdir(dirname(path), { recursive: true })
  await writeWhole(path, text)
  return path
}
