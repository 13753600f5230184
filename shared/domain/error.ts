/**
 * Codes of the failures that Assay expects. Stable: scripts branch on them.
 * `INTERNAL` is a bug of ours and carries nothing but an invitation to report it.
 */
export const errorCodes = [
  'BAD_REQUEST',
  'NOT_FOUND',
  'CONFLICT',
  'CANCELLED',
  'CLOSED',
  'INTERNAL',
  'SUITE_INVALID',
  'GGUF_INVALID',
  'ENGINE_ABSENT',
  'ENGINE_TOO_OLD',
  'ENGINE_BUSY',
  'ENGINE_FAILED',
  'ENGINE_CRASHED',
  'ENGINE_TIMEOUT',
  'ENGINE_UNSUPPORTED',
  'MODEL_NOT_FOUND',
  'MODEL_CHANGED',
  'OUT_OF_MEMORY',
  'PROMPT_TOO_LONG',
  'PROMPT_TRUNCATED',
  'STREAM_CUT',
  'STREAM_GARBLED',
  'BUDGET_IGNORED',
  'DISK_FULL',
  'STORE_LOCKED',
  'STORE_NEWER',
  'STORE_CORRUPT',
  'READ_ONLY',
  'RUN_LEASED',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** An error as data: what happened, why, and what to do next. This is what crosses the wire. */
export interface ErrorInfo {
  readonly code: ErrorCode
  /** One or two sentences for people: what happened and why. */
  readonly message: string
  /** The next step, as an instruction, or null where there is none. */
  readonly hint: string | null
  /** Facts a program may branch on, for example `{file, line, column}`. */
  readonly data?: unknown
}

/** An expected failure. Anything else that is thrown is a bug and becomes `INTERNAL` at the host. */
export class LabError extends Error {
  override readonly name = 'LabError'
  readonly code: ErrorCode
  readonly hint: string | null
  readonly data: unknown

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { hint?: string; data?: unknown } = {}) {
    super(message, options)
    this.code = code
    this.hint = options.hint ?? null
    this.data = options.data
  }
}

export function errorInfo(error: unknown): ErrorInfo {
  if (error instanceof LabError) {
    const { code, message, hint, data } = error
    return data === undefined ? { code, message, hint } : { code, message, hint, data }
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'CANCELLED', message: 'The action was cancelled.', hint: null }
  }
  return {
    code: 'INTERNAL',
    message: 'Something went wrong inside Assay.',
    hint: 'Run the same command with --debug and report what it prints.',
  }
}
