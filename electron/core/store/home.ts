import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { LabError } from '#shared/domain/error.ts'

/** Where Assay keeps what it writes. All absolute paths. */
export interface Home {
  readonly folder: string
  readonly storePath: string
  readonly variantsFolder: string
  readonly backupsFolder: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Where the data folder is: `explicit` (--home), else ASSAY_HOME, else the platform's convention
 * (~/.local/share/Assay, ~/Library/Application Support/Assay, %LOCALAPPDATA%\Assay\Data). Makes nothing.
 */
export function homeAt(explicit?: string | null, environment: Environment = process.env): Home {
  const folder = resolve(explicit || environment['ASSAY_HOME'] || envPaths('Assay', { suffix: '' }).data)
  return {
    folder,
    storePath: join(folder, 'assay.sqlite'),
    variantsFolder: join(folder, 'variants'),
    backupsFolder: join(folder, 'backups'),
  }
}

/**
 * The data folder, made where it is not there yet, with the folders in it.
 * @throws LabError READ_ONLY when it cannot be made or written, DISK_FULL
 */
export function openHome(explicit?: string | null, environment: Environment = process.env): Home {
  const home = homeAt(explicit, environment)
  try {
    for (const folder of [home.folder, home.variantsFolder, home.backupsFolder]) {
      makeFolder(folder)
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    }
  } catch (error) {
    throw homeError(home.folder, error)
  }
  return home
}

/** Part by part: on a file system that makes no folders, such as /proc, Node's own recursive call never returns. */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() === false) throw Object.assign(new Error('not a folder'), { code: 'EEXIST' })
  if (found !== undefined) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw error
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'folders cannot be made there',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file is in its place',
}

function homeError(folder: string, error: unknown): LabError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
  if (code === 'ENOSPC') {
    return new LabError('DISK_FULL', `The disk is full: ${folder} cannot be made.`, {
      hint: 'Make room, or choose another folder with --home or ASSAY_HOME.',
      cause: error,
    })
  }
  const isFile = code === 'EEXIST' || code === 'ENOTDIR'
  return new LabError('READ_ONLY', `The data folder ${folder} cannot be written (${reasons[code] ?? code}).`, {
    hint: `${isFile ? 'Choose another one' : 'Make it writable, or choose another one'} with --home or ASSAY_HOME.`,
    cause: error,
  })
}
