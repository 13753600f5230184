import { errorInfo, LabError, type ErrorInfo } from '#shared/domain/error.ts'

/** Something the page has asked the lab for. `stale` data is shown while newer data is on its way. */
export type Loadable<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly data: T; readonly stale: boolean }
  | { readonly status: 'failed'; readonly error: ErrorInfo; readonly data: T | null }

export const loading: Loadable<never> = { status: 'loading' }

/** What there is to show, old or new; null while there is nothing. */
export const dataOf = <T>(loadable: Loadable<T>): T | null => (loadable.status === 'loading' ? null : loadable.data)

/** For the page the lab's own word, for a bug in the page its message: there is no host to log it. */
export function pageError(error: unknown): ErrorInfo {
  if (error instanceof LabError || (error instanceof Error && error.name === 'AbortError')) return errorInfo(error)
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error), hint: 'Reload the page.' }
}
