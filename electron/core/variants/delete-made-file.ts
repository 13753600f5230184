import { realpath, rm } from 'node:fs/promises'
import { join, relative, resolve, isAbsolute } from 'node:path'
import { LabError } from '#shared/domain/error.ts'

/**
 * Whether a file is one that Assay made: it lies in the lab's own `variants` folder, links followed. Files elsewhere are
 * the user's own and are never removed.
 */
export async function isMadeFile(path: string, home: string): Promise<boolean> {
  try {
    const [file, folder] = await Promise.all([realpath(path), realpath(join(home, 'variants'))])
    const inside = relative(folder, file)
    return /\.gguf$/i.test(file) && inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
  } catch {
    return false // no such file, or nothing was ever made here
  }
}

/**
 * Removes a file that Assay made, and the digest noted beside it.
 * @throws LabError BAD_REQUEST for a file that is not one of these, READ_ONLY
 */
export async function deleteMadeFile(path: string, home: string): Promise<void> {
  if (!(await isMadeFile(path, home))) {
    throw new LabError('BAD_REQUEST', `${path} was not made by Assay, which removes only its own files.`, {
      hint: 'Remove it in its folder, or take that folder out of the settings.',
    })
  }
  const file = resolve(path)
  try {
    await rm(file)
    await rm(`${file}.sha256`, { force: true })
  } catch (cause) {
    const { code = 'no reason given' } = cause as NodeJS.ErrnoException
    throw new LabError('READ_ONLY', `${file} could not be removed (${code}).`, {
      cause,
      hint: 'See whether another program holds it, and whether its folder may be written to.',
    })
  }
}
