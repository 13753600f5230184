import { errorInfo, LabError, type ErrorCode, type ErrorInfo } from '#shared/domain/error.ts'
import type { SuiteProblem } from '#shared/domain/suite.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { renderProblems } from './render/problems.ts'
import { jsonText, plainLine, plainText } from './render/plain-text.ts'
import type { Style } from './render/style.ts'
import type { Terminal } from './terminal.ts'

/** A command line that makes no sense: nothing was begun. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.hint = hint
  }
}

/** An error as the command line tells it. */
function describeError(error: unknown): ErrorInfo {
  if (error instanceof UsageError) return { code: 'BAD_REQUEST', message: error.message, hint: error.hint }
  return fileError(error) ?? errorInfo(error)
}

/** What was asked for makes no sense or is not there: codes that mean a wrong command line as long as nothing was begun. */
const wrongWords: readonly ErrorCode[] = ['BAD_REQUEST', 'NOT_FOUND', 'MODEL_NOT_FOUND', 'CONFLICT']

/** `begun`: whether something was made or run before the error came. */
export function exitCodeOf(error: unknown, begun: boolean): ExitCode {
  const { code } = describeError(error)
  if (code === 'CANCELLED') return exitCodes.interrupted
  return !begun && wrongWords.includes(code) ? exitCodes.usage : exitCodes.failure
}

/** On stdout as a document of one line where a program reads it, else on stderr as sentences. */
export async function showError(
  error: unknown,
  options: { readonly terminal: Terminal; readonly json: boolean; readonly debug: boolean },
): Promise<void> {
  const info = describeError(error)
  const { terminal } = options
  if (options.json) await terminal.print(jsonText({ error: info }))
  else terminal.complain(errorText(info, terminal.noteStyle))
  if (options.debug && error instanceof Error) terminal.complain(plainText(debugText(error)))
}

/** `Error: what happened.` with the next step below it. */
function errorText(info: ErrorInfo, style: Style): string {
  const problems = problemsOf(info)
  if (problems.length > 0) {
    const found = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
    return `${style.error('Error:')} The suite has ${found}.\n${renderProblems(problems, style)}`
  }
  // What somebody stopped did not go wrong.
  const prefix = info.code === 'CANCELLED' ? '' : `${style.error('Error:')} `
  return [`${prefix}${plainText(info.message)}`, ...(info.hint === null ? [] : [plainText(info.hint)])].join('\n')
}

function problemsOf({ code, data }: ErrorInfo): readonly SuiteProblem[] {
  if (code !== 'SUITE_INVALID' || typeof data !== 'object' || data === null || !('problems' in data)) return []
  // The lab's own data for this code; it crossed the wire as it was.
  return Array.isArray(data.problems) ? (data.problems as readonly SuiteProblem[]) : []
}

function debugText(error: Error): string {
  const own = error.stack ?? String(error)
  return error.cause instanceof Error ? `${own}\ncaused by ${debugText(error.cause)}` : own
}

const fileFailures: Readonly<Record<string, readonly [code: ErrorInfo['code'], what: string, hint: string]>> = {
  ENOENT: ['NOT_FOUND', 'does not exist', 'Check the path, and the folders in it.'],
  EACCES: ['READ_ONLY', 'may not be used by you', 'Change its permissions, or name another path.'],
  EPERM: ['READ_ONLY', 'may not be used by you', 'Change its permissions, or name another path.'],
  EROFS: ['READ_ONLY', 'is on a file system that cannot be written to', 'Name a path on another disk.'],
  EISDIR: ['BAD_REQUEST', 'is a folder', 'Name a file.'],
  ENOTDIR: ['NOT_FOUND', 'does not exist: a part of its path is not a folder', 'Check the path.'],
  ENAMETOOLONG: ['BAD_REQUEST', 'is too long a name', 'Choose a shorter one.'],
  EEXIST: ['CONFLICT', 'exists already', 'Remove it, or name another path.'],
  ENOSPC: ['DISK_FULL', 'could not be written: the disk is full', 'Free some space, then try again.'],
}

/** Files that a verb itself reads or writes: what the operating system said, in words. */
function fileError(error: unknown): ErrorInfo | null {
  if (error instanceof LabError || !(error instanceof Error) || !('code' in error)) return null
  const known = Object.hasOwn(fileFailures, String(error.code)) ? fileFailures[String(error.code)] : undefined
  const path = 'path' in error ? plainLine(String(error.path)) : null
  if (known === undefined || path === null) return null
  return { code: known[0], message: `${path} ${known[1]}.`, hint: known[2] }
}
