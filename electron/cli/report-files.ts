import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { LabClient } from '#shared/contract/contract.ts'

/** Writes a whole file or none: a reader never sees half a report. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  await writeFile(partial, text)
  await rename(partial, path)
}

/** Writes a run's HTML report into the lab's folder of reports. @returns its full path */
export async function writeReport(lab: LabClient, run: number): Promise<string> {
  const [{ home }, { fileName, text }] = await Promise.all([
    lab['lab.info']({}),
    lab['report.export']({ run, format: 'html' }),
  ])
  const path = join(home, 'reports', basename(fileName))
  await writeWhole(path, text)
  return path
}
