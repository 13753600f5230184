import { statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { LabError } from '#shared/domain/error.ts'

/** @throws LabError BAD_REQUEST for what is no folder. One that went away later stays in the list: a disk may come back. */
export function checkFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    if (!isAbsolute(folder)) {
      throw new LabError('BAD_REQUEST', `${folder} is not a whole path.`, { hint: 'Begin at the root of the disk.' })
    }
    let found
    try {
      found = statSync(folder, { throwIfNoEntry: false })
    } catch (cause) {
      throw new LabError('BAD_REQUEST', `${folder} cannot be read.`, { cause, hint: 'Check its permissions.' })
    }
    if (found === undefined) {
      throw new LabError('BAD_REQUEST', `There is no folder ${folder}.`, { hint: 'Check the path, or make it first.' })
    }
    if (!found.isDirectory()) {
      throw new LabError('BAD_REQUEST', `${folder} is a file.`, { hint: 'Name the folder that it is in.' })
    }
  }
}
