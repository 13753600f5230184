import { access, constants, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { LabError } from '#shared/domain/error.ts'
import { bytesText } from '#shared/domain/figures.ts'

let counter = 0

export interface PartOptions {
  readonly output: string
  /** About how large it will be, so that a disk that is too small is told beforehand. */
  readonly expectedBytes: number
  readonly overwrite: boolean
}

/**
 * Lets `write` make a file under another name in the same folder, and gives it its own name when it is whole and
 * on the disk. Whatever happens, the name `output` never stands for half a file.
 * @throws LabError CONFLICT where `output` exists and must not be replaced, DISK_FULL, READ_ONLY, BAD_REQUEST for a
 *   missing folder
 */
export async function writeWhole(options: PartOptions, write: (part: string) => Promise<void>): Promise<void> {
  await checkTarget(options)
  await removeAbandoned(options.output)
  const part = `${options.output}.part-${process.pid}-${++counter}`
  try {
    await write(part)
    const handle = await open(part, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(part, options.output)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function checkTarget({ output, expectedBytes, overwrite }: PartOptions): Promise<void> {
  const folder = dirname(output)
  const space = await statfs(folder).catch((cause: unknown) => {
    throw new LabError('BAD_REQUEST', `There is no folder ${folder}.`, {
      cause,
      hint: 'Make it, or name another output file.',
    })
  })
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw notWritable(folder, cause)
  })
  const existing = await stat(output).catch(() => null)
  if (existing !== null && (!overwrite || !existing.isFile())) {
    throw new LabError('CONFLICT', `${output} exists already.`, {
      hint: 'Remove it, or name another output file (--out).',
    })
  }
  const freeBytes = space.bavail * space.bsize
  if (freeBytes < expectedBytes) {
    throw new LabError(
      'DISK_FULL',
      `${output} needs about ${bytesText(expectedBytes)}, and ${bytesText(freeBytes)} are free.`,
      { hint: 'Free some space, or name an output file on another disk.' },
    )
  }
}

/**
 * Makes a folder and those above it where they are missing.
 * @throws LabError READ_ONLY
 */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw notWritable(folder, cause)
  })
}

function notWritable(folder: string, cause: unknown): LabError {
  const { code = 'no permission' } = cause as NodeJS.ErrnoException
  return new LabError('READ_ONLY', `Nothing can be written to ${folder} (${code}).`, {
    cause,
    hint: 'Change its permissions, or choose another folder.',
  })
}

/** Parts of this file whose process died. */
async function removeAbandoned(output: string): Promise<void> {
  const prefix = `${basename(output)}.part-`
  for (const entry of await readdir(dirname(output))) {
    const pid = entry.startsWith(prefix) ? Number.parseInt(entry.slice(prefix.length), 10) : NaN
    if (pid > 0 && !isAlive(pid)) await rm(join(dirname(output), entry), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
