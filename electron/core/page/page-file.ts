import { stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { LabError } from '#shared/domain/error.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

/** A file of the built page that a host may hand out. */
export interface PageFile {
  readonly path: string
  readonly sizeBytes: number
  readonly mediaType: string
  /** True for files whose name changes with their content. */
  readonly immutable: boolean
}

/**
 * The folder of the built page, found from the sources and from a bundle alike.
 * @throws LabError NOT_FOUND when it was never built
 */
export async function findPageFolder(): Promise<string> {
  for (const relative of ['../../../out/renderer', '../renderer', '../../renderer']) {
    const folder = normalize(join(import.meta.dirname, relative))
    if ((await sizeOf(join(folder, 'index.html'))) !== null && folder.includes(`out${sep}`)) return folder
  }
  throw new LabError('NOT_FOUND', 'The page has not been built yet.', {
    hint: 'Run `npm run build`, or start with `npm start`, which does.',
  })
}

/** Null for whatever is not a file inside the folder: there is no listing and no way out of it. */
export async function pageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  const decoded = decode(urlPath)
  if (decoded === null || decoded.includes('\0')) return null
  const path = normalize(join(folder, decoded === '/' ? 'index.html' : decoded))
  if (!path.startsWith(folder + sep)) return null
  const sizeBytes = await sizeOf(path)
  if (sizeBytes === null) return null
  const mediaType = mediaTypes[extname(path)] ?? 'application/octet-stream'
  return { path, sizeBytes, mediaType, immutable: decoded.startsWith('/assets/') }
}

function decode(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return null
  }
}

async function sizeOf(path: string): Promise<number | null> {
  const info = await stat(path).catch(() => null)
  return info?.isFile() === true ? info.size : null
}
